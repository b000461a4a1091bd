package io.tollgate.notice;

/** How people are told. */
enum ChannelKind {

	EMAIL, WEBHOOK

}
