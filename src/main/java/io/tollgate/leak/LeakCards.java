package io.tollgate.leak;

import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.tollgate.decision.Call;
import io.tollgate.decision.Decision;
import io.tollgate.decision.Snapshot;
import io.tollgate.leak.LeakPage.LeakCard;
import io.tollgate.leak.LeakPage.Mend;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.PolicyScope;
import io.tollgate.proof.Leak;
import io.tollgate.proof.LeakReport;
import io.tollgate.tester.Judged.StepLine;
import io.tollgate.tester.VerdictWords;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Shows how one leak works, and what would close it. */
@Component
class LeakCards {

	private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

	private final PbxRegistry registry;

	private final PolicyScope scope;

	private final VerdictWords verdicts;

	private final LeakWords words;

	LeakCards(PbxRegistry registry, PolicyScope scope, VerdictWords verdicts, LeakWords words) {
		this.registry = registry;
		this.scope = scope;
		this.verdicts = verdicts;
		this.words = words;
	}

	/** Names a leak among those of its PBX: the same leak has the same key again. */
	static String key(Leak leak) {
		var what = String.join("\n", leak.kind().name(), leak.cause().name(), leak.dialled(), leak.route(),
				leak.pattern(), leak.trunk(), leak.subject());
		return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
	}

	/**
	 * A leak that was found.
	 * @param judged the rules that it was found in
	 * @param draft what its PBX would get from an apply
	 */
	LeakCard card(Look look, Leak leak, Snapshot judged, Snapshot draft, Locale locale) {
		var pbx = look.pbx();
		return card(pbx.id(), pbx.name(), leak, judged, question(look, leak, judged), steps(leak, judged, locale),
				look.rules() == Rules.LIVE && closes(look.drafted(), leak), mend(look, leak, draft, locale), locale);
	}

	/** A leak of the routes alone: nothing judges it, and nothing mends it. */
	LeakCard alone(long pbxId, String pbxName, Leak leak, Snapshot routes, Locale locale) {
		return card(pbxId, pbxName, leak, routes, "", List.of(), false, null, locale);
	}

	private LeakCard card(long pbxId, String pbxName, Leak leak, Snapshot judged, String question, List<StepLine> steps,
			boolean closed, @Nullable Mend mend, Locale locale) {
		return new LeakCard(key(leak), pbxId, pbxName, this.words.caller(leak, locale), this.words.dialled(leak),
				leak.route(), leak.pattern(), leak.trunk(), leak.sent(), LeakWords.flag(leak),
				this.words.reads(leak, locale), this.words.number(leak), this.words.why(leak, judged, locale),
				this.words.subjectsTitle(leak, locale), this.words.subjects(leak, locale), question, steps, closed,
				mend);
	}

	private static String question(Look look, Leak leak, Snapshot judged) {
		if (leak.endpoint().isEmpty()) {
			return "";
		}
		return UriComponentsBuilder.fromPath("/tester")
			.queryParam("extension", "{extension}")
			.queryParam("pbx", look.pbx().id())
			.queryParam("number", "{number}")
			.queryParam("when", "{when}")
			.queryParam("rules", look.rules().code())
			.encode()
			.buildAndExpand(leak.endpoint(), leak.dialled(), MINUTE.format(leak.at().atZone(judged.hours().zone())))
			.toUriString();
	}

	/** An extension that nobody knows is judged like any without restrictions. */
	private List<StepLine> steps(Leak leak, Snapshot judged, Locale locale) {
		var endpoint = leak.endpoint().isEmpty() ? this.words.say("caller.unknown", locale) : leak.endpoint();
		var call = new Call(endpoint, leak.dialled(), leak.at());
		return this.verdicts.judged(Decision.judge(judged, call), call, locale).steps();
	}

	/**
	 * Whether the draft was checked and can be applied, and nothing of the same kind is
	 * forbidden in vain there, by whatever route.
	 */
	private static boolean closes(@Nullable Checked drafted, Leak leak) {
		var report = (drafted != null) ? drafted.report() : null;
		if (drafted == null || drafted.checksum().isEmpty() || report == null
				|| report.result() == LeakReport.Result.NOT_PROVED) {
			return false;
		}
		return report.leaks()
			.stream()
			.noneMatch((other) -> other.kind() == leak.kind()
					&& other.subjects().stream().anyMatch(leak.subjects()::contains));
	}

	private @Nullable Mend mend(Look look, Leak leak, Snapshot draft, Locale locale) {
		// a policy that also serves PBXs which the reader does not see is not theirs to
		// mend
		boolean shared = leak.cause() != Leak.Cause.BLOCK_BELOW && !this.scope.isWhole(look.pbx().policyId());
		if (!Mends.isThereOne(leak, draft) || shared) {
			return null;
		}
		return this.words.mend(leak, Mends.isDone(leak, draft), draft.policy().name(),
				this.registry.ofPolicy(look.pbx().policyId()), locale);
	}

}
