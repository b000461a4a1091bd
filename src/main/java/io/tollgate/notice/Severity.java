package io.tollgate.notice;

/** How much an event matters, from the least up. */
enum Severity {

	/** Good to know. */
	NOTICE,
	/** Somebody should look. */
	WARNING,
	/** Costs money or trust now; is told in quiet hours too. */
	SEVERE

}
