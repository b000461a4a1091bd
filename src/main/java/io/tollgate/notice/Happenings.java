package io.tollgate.notice;

import java.util.Locale;

import io.tollgate.apply.ApplyFailed;
import io.tollgate.apply.DriftFound;
import io.tollgate.audit.TrailBroken;
import io.tollgate.leak.LeaksFound;
import io.tollgate.pbx.PbxAnswersAgain;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.PbxUnreachable;

import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Hears what happens, in the transaction in which it does: what is rolled back is told to
 * nobody, and what is committed is not forgotten.
 */
@Component
class Happenings {

	private final Notices notices;

	private final PbxRegistry registry;

	private final MessageSource messages;

	Happenings(Notices notices, PbxRegistry registry, MessageSource messages) {
		this.notices = notices;
		this.registry = registry;
		this.messages = messages;
	}

	@EventListener
	void on(ApplyFailed failed) {
		tell(NoticeKind.APPLY_FAILED, failed.pbxId(), failed.pbxName(), failed.cause());
	}

	@EventListener
	void on(DriftFound drift) {
		tell(NoticeKind.DRIFT, drift.pbxId(), name(drift.pbxId()), drift.differences());
	}

	@EventListener
	void on(LeaksFound leaks) {
		tell(NoticeKind.LEAK, leaks.pbxId(), name(leaks.pbxId()), leaks.leaks());
	}

	@EventListener
	void on(PbxUnreachable pbx) {
		tell(NoticeKind.UNREACHABLE, pbx.pbxId(), pbx.name(), pbx.why());
	}

	@EventListener
	void on(PbxAnswersAgain pbx) {
		this.notices.back(pbx.pbxId(), pbx.name(), words(NoticeKind.BACK));
	}

	@EventListener
	void on(TrailBroken broken) {
		this.notices.tell(NoticeKind.TRAIL_BROKEN, null, "", words(NoticeKind.TRAIL_BROKEN, broken.row()));
	}

	private void tell(NoticeKind kind, long pbxId, String name, Object detail) {
		this.notices.tell(kind, pbxId, name, words(kind, detail));
	}

	private String name(long pbxId) {
		return this.registry.everyName().getOrDefault(pbxId, "");
	}

	private String words(NoticeKind kind, Object... arguments) {
		return this.messages.getMessage("notice.said." + kind.code(), arguments, Locale.ENGLISH);
	}

}
