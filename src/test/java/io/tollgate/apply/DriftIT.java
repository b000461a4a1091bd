package io.tollgate.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.tollgate.connector.DriftWords;
import io.tollgate.connector.asterisk.GuardText;
import io.tollgate.fleet.Fleet;
import io.tollgate.lab.AsteriskLog;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.Routes;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Hands on a real Asterisk: whatever they change is found at the next look. */
@TollgateTest
@ExtendWith(AsteriskLog.class)
class DriftIT {

	@Autowired
	Fleet fleet;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Policies policies;

	@Autowired
	Routes routes;

	@Autowired
	PendingChanges pending;

	@Autowired
	ApplyRuns runs;

	@Autowired
	ApplyTargets targets;

	@Autowired
	PbxWork work;

	@Autowired
	Observations observations;

	@Autowired
	DriftWords words;

	@Test
	void findsWhateverHandsChange() throws IOException {
		try (var asterisk = RealAsterisk.start(RealAsterisk.Version.V22, LabSpec.of(3))) {
			long policy = ((Changed) this.policies.create("Real plants", "MX", null)).rules().id();
			var connection = new PbxConnection("Real plant", "127.0.0.1", asterisk.amiPort(), false, null,
					"tollgate-probe");
			long pbx = this.fleet.connect(new NewPbx(connection, true, policy), RealAsterisk.SECRET).pbx().id();
			this.routes.saveFirst(pbx, new FirstRoute("trunk", List.of("NXXXXXXXX", "00ZXXXX!")));
			this.policies.setProtection(policy, true);
			var first = apply(pbx);
			assertThat(first.outcome()).isEqualTo(OutcomeKind.APPLIED);
			assertThat(first.proved()).contains("911 passes", "is blocked", "run on the PBX");
			assertThat(look(pbx)).isEmpty();

			asterisk.cli("database put tollgate 1/e164/62 ai");
			assertThat(look(pbx)).containsExactly("+62 Indonesia: allowed on the PBX, blocked by what was applied");
			this.policies.allow(policy, Set.of("54"));
			assertThat(apply(pbx).outcome()).as("nobody saw it").isEqualTo(OutcomeKind.REFUSED);
			asterisk.cli("database del tollgate 1/e164/62");
			assertThat(look(pbx)).isEmpty();

			change(asterisk, GuardText.SLOT_A_FILE, "911,1,", "912,1,");
			assertThat(look(pbx)).anyMatch((line) -> line.contains("912"));
			change(asterisk, GuardText.SLOT_A_FILE, "912,1,", "911,1,");
			assertThat(look(pbx)).isEmpty();

			change(asterisk, GuardText.GUARD_FILE, "[tollgate-deny]",
					"[tollgate-deny]\nexten => s,1,Goto(from-internal,0,1)\n[tollgate-not]");
			assertThat(look(pbx)).singleElement().asString().contains("tollgate-deny");
			asterisk.install(Map.of(GuardText.GUARD_FILE, GuardText.guard()));
			assertThat(look(pbx)).isEmpty();

			Files.writeString(asterisk.etc().resolve("pjsip.conf"),
					Files.readString(asterisk.etc().resolve("pjsip.conf")) + "[1002](+)\ncontext=elsewhere\n");
			asterisk.cli("module reload res_pjsip.so");
			assertThat(look(pbx)).singleElement().asString().contains("1002", "elsewhere");
			this.registry.remove(pbx);
			this.policies.delete(policy);
		}
	}

	private static void change(RealAsterisk asterisk, String file, String from, String to) throws IOException {
		var text = Files.readString(asterisk.etc().resolve(file));
		assertThat(text).contains(from);
		asterisk.install(Map.of(file, text.replace(from, to)));
	}

	/** The next look, in words. */
	private List<String> look(long pbx) {
		this.work.once(pbx);
		return this.observations.drifts(pbx).stream().map((drift) -> this.words.line(drift, Locale.ENGLISH)).toList();
	}

	private TargetHead apply(long pbx) {
		var reviewed = this.pending.all()
			.stream()
			.filter((each) -> each.pbxId() == pbx)
			.collect(Collectors.toMap(PbxPending::pbxId, PbxPending::checksum));
		var run = ((StartResult.Started) this.runs.start(reviewed, null, Confirmation.NONE)).runId();
		var end = Instant.now().plus(Duration.ofSeconds(60));
		var head = this.targets.heads(run).getFirst();
		while (head.outcome() == null) {
			assertThat(Instant.now()).as(head.toString()).isBefore(end);
			LockSupport.parkNanos(50_000_000);
			head = this.targets.heads(run).getFirst();
		}
		return head;
	}

}
