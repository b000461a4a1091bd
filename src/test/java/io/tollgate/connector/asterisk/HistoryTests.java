package io.tollgate.connector.asterisk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.DesiredConfig.CodeRule;
import io.tollgate.connector.Target;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** The history checker sees what is wrong, and nothing else. */
class HistoryTests {

	private static final DesiredConfig OLD = ConnectorContractTests.desired();

	private static final DesiredConfig NEW = ConnectorContractTests
		.withCodes(ConnectorContractTests.withRoute(OLD, Set.of("911"), List.of("NXXX")), Map.of("49", CodeRule.ALLOW));

	private SimulatedPbx pbx;

	private History history;

	@BeforeEach
	void start() {
		this.pbx = SimulatedPbx.start(SimulatedPbxSpec.named("sim", "portal", "secret")
			.withFiles(Map.of("extensions.conf", ConnectorContractTests.INCLUDES + ConnectorContractTests.PHONES
					+ "include => tollgate-outbound\n")));
		this.history = History.of(this.pbx);
		this.history.asked(OLD);
		apply(OLD);
		this.history.applied(OLD);
	}

	@AfterEach
	void stop() {
		this.pbx.close();
	}

	private void apply(DesiredConfig desired) {
		var target = new Target("127.0.0.1", this.pbx.port(), false, null, "portal", "secret");
		try (var session = new AsteriskConnector(ConnectorContractTests.HASTY).open(target)) {
			session.load(desired).commit(Duration.ofMinutes(1), (stage) -> {
			}).confirm();
		}
	}

	private void violates(String what) {
		assertThat(this.history.violations()).anySatisfy((found) -> assertThat(found).contains(what));
	}

	@Test
	void isContentWithWhatWasAskedFor() {
		assertThat(this.history.enforced()).isEqualTo(OLD);
		this.history.asked(NEW);
		apply(NEW);
		this.history.applied(NEW);
		assertThat(this.history.enforced()).isEqualTo(NEW);
		assertThat(this.history.violations()).isEmpty();
		assertThat(this.history.states()).isGreaterThan(4);
	}

	@Test
	void saysWhetherItWasAskedForBefore() {
		assertThat(this.history.asked(NEW)).isTrue();
		assertThat(this.history.asked(NEW)).isFalse();
		assertThat(this.history.asked(OLD)).isFalse();
		assertThat(this.history.violations()).isEmpty();
	}

	@Test
	void seesRulesThatNobodyAskedFor() {
		apply(NEW);
		violates("in force is generation 2");
	}

	@Test
	void seesAClaimThatIsNotTrue() {
		this.history.asked(NEW);
		this.history.applied(NEW);
		violates("claim: in force is generation 1");
	}

	@Test
	void seesAnAppliedGenerationThatIsLost() {
		this.history.asked(NEW);
		apply(NEW);
		this.history.applied(NEW);
		this.pbx.put("tollgate/active", "1");
		violates("#0");
	}

	@Test
	void seesOneRowThatIsAnother() {
		this.pbx.put("tollgate/1/e164/54", "d");
		violates("a mix: #0: -[e164/54 = ai] +[e164/54 = d]");
	}

	@Test
	void seesTheFallBackOfACommitThatIsNotConfirmed() {
		this.history.asked(NEW);
		this.pbx.put("tollgate/active", "1-7-" + (this.pbx.now().getEpochSecond() + 60));
		violates("when it falls back is generation 7");
	}

	@Test
	void seesEmergencyNumbersThatDoNotPass() {
		this.pbx.write("tollgate_slot_a.conf",
				this.pbx.files().get("tollgate_slot_a.conf").replace("[tollgate-emergency-a]", "[elsewhere]"));
		this.pbx.reload();
		violates("emergency numbers do not pass: [112, 911]");
	}

	@Test
	void seesAnotherGuard() {
		this.pbx.write("tollgate_guard.conf", this.pbx.files().get("tollgate_guard.conf").replace("TG_G=", "TG_Q="));
		this.pbx.reload();
		violates("the guard is CHANGED");
	}

	@Test
	void forgivesAHandUntilTheNextClaim() {
		this.history.forgive("a hand");
		this.pbx.put("tollgate/1/e164/54", "d");
		assertThat(this.history.violations()).isEmpty();
		assertThat(this.history.lapses()).isPositive();
		this.history.applied(OLD);
		violates("a mix");
	}

}
