package io.tollgate.apply;

/** How far the apply on one PBX has come. */
enum Progress {

	QUEUED, CONNECTING, WRITING, VERIFYING, SWITCHING, CONFIRMING

}
