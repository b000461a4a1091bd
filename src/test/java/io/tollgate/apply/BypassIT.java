package io.tollgate.apply;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.lab.AsteriskLog;
import io.tollgate.lab.CalledPhone;
import io.tollgate.lab.Carrier;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.SipPhones;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Block;
import io.tollgate.route.DialRule;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways past a country list and a block that are known, tried on a real Asterisk that
 * runs compiled routes: 900 is blocked by a route, 1242 restricted, only Argentina may be
 * called, 9 is taken off, and {@code 1.} and {@code 00.} let everything else out.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(RealAsterisk.Version.class)
@ExtendWith(AsteriskLog.class)
class BypassIT {

	private static final String NATIONAL = "15035550100";

	private static RealAsterisk pbx;

	private static SipPhones phones;

	private static Carrier carrier;

	@Parameter
	private RealAsterisk.Version version;

	@BeforeParameterizedClassInvocation
	static void start(RealAsterisk.Version version) {
		pbx = RealAsterisk.start(version, LabSpec.of(4));
		carrier = Carrier.start(pbx);
		phones = new SipPhones(pbx);
		RealApply.apply(pbx, snapshot());
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		carrier.close();
		pbx.close();
	}

	@BeforeEach
	void forget() {
		carrier.numbers();
	}

	@ParameterizedTest
	@ValueSource(strings = { "+62215550100", "%2B62215550100", "01162215550100", "0062215550100", "+19005551234",
			"0019005551234", "01119005551234", "190055512345", "9005551234", "90062215550100", "901162215550100",
			"912425550100", "12425550100", "2425550100", "00-62215550100", "0-062215550100", "9-0062215550100",
			"90-062215550100", "00%2362215550100", "00%23", "1%26Local%2F900%40secret", "1900%2D5551234",
			"0062215550100%3Bx=1", "%20190055512345", "1900555%001234" })
	void noSpellingPasses(String number) {
		assertThat(phones.call("1001", number)).isGreaterThanOrEqualTo(400);
		assertThat(carrier.numbers()).isEmpty();
	}

	@Test
	void whatIsAllowedPasses() {
		for (var number : List.of(NATIONAL, "9" + NATIONAL, "0054115550100", "90054115550100", "911")) {
			assertThat(phones.call("1001", number)).as(number).isEqualTo(200);
		}
		assertThat(carrier.numbers()).containsExactly(NATIONAL, NATIONAL, "01154115550100", "0054115550100", "911");
	}

	@ParameterizedTest
	@ValueSource(strings = { "P-Asserted-Identity: <sip:1001@127.0.0.1>", "Remote-Party-ID: <sip:1001@127.0.0.1>",
			"Diversion: <sip:1001@127.0.0.1>", "Referred-By: <sip:1001@127.0.0.1>" })
	void anotherNameHelpsNobody(String header) {
		assertThat(phones.callFrom("127.0.0.13", "1001", "0054115550100", header)).isEqualTo(403);
		assertThat(carrier.numbers()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0062215550100", "19005551234", "12425550100", "90062215550100" })
	void aTransferLeadsNowhere(String number) {
		phones.callAndTransfer("1001", NATIONAL, number);
		assertThat(carrier.numbers()).containsExactly(NATIONAL);
		try (var phone = CalledPhone.transferring(pbx, number)) {
			assertThat(phones.hold("1001", "1002")).isLessThan(Duration.ofSeconds(20));
			assertThat(phone.calls()).isEqualTo(1);
			assertThat(carrier.numbers()).isEmpty();
		}
	}

	@Test
	void aCarrierTransfersNobodyOut() {
		carrier.close();
		carrier = Carrier.transferring(pbx, NATIONAL);
		try {
			assertThat(phones.hold("1001", NATIONAL)).isLessThan(Duration.ofSeconds(20));
			assertThat(carrier.numbers()).containsExactly(NATIONAL);
		}
		finally {
			carrier.close();
			carrier = Carrier.start(pbx);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0062215550100", "19005551234", "12425550100", "90062215550100", "0054115550100" })
	void aForwardingPhoneLeadsNowhere(String number) {
		// 1002 may not call abroad, whoever calls it
		try (var phone = CalledPhone.forwarding(pbx, number)) {
			phones.call("1001", "1002");
			assertThat(phone.calls()).isEqualTo(1);
			assertThat(carrier.numbers()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0054115550100", "15035550100", "19005551234" })
	void aCallOfNobodyLeadsNowhere(String number) {
		pbx.originate(number, "from-internal");
		// the calls of a phone are carried out in their order
		assertThat(phones.call("1001", NATIONAL)).isEqualTo(200);
		assertThat(carrier.numbers()).containsExactly(NATIONAL);
	}

	private static Snapshot snapshot() {
		var policy = new PolicyRules(1, "Offices", "US", true, "011", new TreeSet<>(Set.of("+", "00", "011")),
				new TreeSet<>(Set.of("1", "54")), new TreeSet<>(Set.of("911")));
		var rights = new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null), "1002",
				new CallRestrictions(true, false, false, null)));
		var routes = List.of(OutboundRoute.blocking("Premium", Block.rejected(), List.of("1900!", "900NXXXXXX")),
				new OutboundRoute("Nine", RouteType.NORMAL, true,
						List.of(new DialRule("", "9", "1NXXNXXXXXX", ""), new DialRule("", "9", "00.", ""),
								new DialRule("", "9", "011.", "")),
						List.of("trunk"), null, new TreeSet<>(), null, "", ""),
				OutboundRoute.through("Rest", List.of("trunk"), List.of("1.", "00.", "011.", "NXXNXXXXXX")));
		return Snapshot.of(policy, new BusinessHours(ZoneId.of("UTC"), Map.of()), rights, Set.of("trunk"), routes,
				new NumberRestrictions(new TreeSet<>(Set.of("1242")), List.of()));
	}

}
