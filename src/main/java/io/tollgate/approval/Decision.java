package io.tollgate.approval;

/** How a request ended. */
enum Decision {

	/** A second person agreed, and it was carried out. */
	APPROVED,
	/** A second person did not agree. */
	DECLINED,
	/** The one who asked took it back. */
	WITHDRAWN,
	/** It was not what had been asked for any more, or nobody answered in time. */
	OUTDATED

}
