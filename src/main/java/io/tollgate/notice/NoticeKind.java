package io.tollgate.notice;

/** What people are told of. */
enum NoticeKind {

	/** Forbidden numbers can leave a PBX. */
	LEAK(Severity.SEVERE),
	/** The audit trail is not as it was written. */
	TRAIL_BROKEN(Severity.SEVERE),
	/** An apply came to nothing on a PBX. */
	APPLY_FAILED(Severity.WARNING),
	/** A PBX runs something else than what was applied to it. */
	DRIFT(Severity.WARNING),
	/** A PBX does not answer. */
	UNREACHABLE(Severity.WARNING),
	/** A PBX answers again. */
	BACK(Severity.NOTICE);

	private final Severity severity;

	NoticeKind(Severity severity) {
		this.severity = severity;
	}

	public Severity severity() {
		return this.severity;
	}

	/** For scripts and message keys. */
	public String code() {
		return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
	}

}
