package io.tollgate.apply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.announcement.Announcement;
import io.tollgate.decision.Snapshot;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.lab.AsteriskLog;
import io.tollgate.lab.CalledPhone;
import io.tollgate.lab.Carrier;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.SipPhones;
import io.tollgate.lab.SipPhones.Call;
import io.tollgate.pin.PinList;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.NumberRestrictions;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.Trunk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * PINs keyed in on a phone of a real Asterisk, a trunk that reads E.164, and a feature
 * code: 1503 asks for a PIN, 1541 does not, 1212 leaves by a trunk that takes numbers in
 * full only, behind an access code.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(RealAsterisk.Version.class)
@ExtendWith(AsteriskLog.class)
class PinIT {

	private static final String ASKS = "15035550100";

	private static final String SALT = "c0ffee00c0ffee00c0ffee00c0ffee00";

	private static RealAsterisk pbx;

	private static SipPhones phones;

	private static Carrier carrier;

	@Parameter
	private RealAsterisk.Version version;

	@BeforeParameterizedClassInvocation
	static void start(RealAsterisk.Version version) {
		pbx = RealAsterisk.start(version, LabSpec.of(8));
		carrier = Carrier.start(pbx);
		phones = new SipPhones(pbx);
		RealApply.apply(pbx, snapshot("*999"));
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		carrier.close();
		pbx.close();
	}

	@BeforeEach
	void rest() {
		pbx.cli("database deltree tollgatepin");
		carrier.numbers();
	}

	@Test
	void theRightPinOpensAndItsLabelIsInTheCallRecord() {
		assertThat(call("1001", "4711")).isEqualTo(200);
		assertThat(carrier.numbers()).containsExactly(ASKS);
		assertThat(pbx.recordsCall("1001," + ASKS + ",ANSWERED,Front desk")).as(pbx.callRecords()).isTrue();
		assertThat(call("1002", "2020")).isEqualTo(200);
		assertThat(pbx.recordsCall("1002," + ASKS + ",ANSWERED,Night shift")).as(pbx.callRecords()).isTrue();
		assertThat(pbx.callRecords()).doesNotContain("4711");
	}

	@Test
	void aWrongOneOpensNothing() {
		assertThat(call("1001", "4712")).isEqualTo(200); // connected, and asked again
		assertThat(phones.call("1001", "15415550100")).as("a route that asks for none").isEqualTo(200);
		assertThat(carrier.numbers()).containsExactly("15415550100");
		assertThat(call("1001", "4711")).isEqualTo(200);
		assertThat(carrier.numbers()).containsExactly(ASKS);
		// that one wrong PIN is remembered, a right one takes it not away
		assertThat(pbx.cli("database get tollgatepin 1001/guests"))
			.anyMatch((line) -> line.matches("Value: [0-9]{10}"));
	}

	@Test
	void fiveWrongOnesInARowLockTheEndpoint() {
		for (int i = 0; i < 5; i++) {
			call("1003", "000" + i);
		}
		// refused before it is answered, even with the right one
		assertThat(call("1003", "4711")).isEqualTo(403);
		assertThat(carrier.numbers()).isEmpty();
		assertThat(call("1004", "4711")).as("another endpoint").isEqualTo(200);
		assertThat(phones.call("1003", "911")).isEqualTo(200);
		assertThat(phones.call("1003", "15415550100")).isEqualTo(200);
		assertThat(carrier.numbers()).containsExactly(ASKS, "77911", "15415550100");
		long now = Instant.now().getEpochSecond();
		pbx.cli("database put tollgatepin 1003/guests " + (now + 3500));
		call("1003", "0000");
		assertThat(call("1003", "4711")).as("after the rest, one try").isEqualTo(403);
		pbx.cli("database put tollgatepin 1003/guests " + (now + 3500));
		assertThat(call("1003", "4711")).isEqualTo(200);
		assertThat(carrier.numbers()).containsExactly(ASKS);
	}

	/** Side by side, an endpoint would have more tries than are counted. */
	@Test
	void oneCallOfAnEndpointIsAskedAtATime() {
		var calls = new LinkedHashMap<Call, String>();
		calls.put(new Call("1005", ASKS), "0000");
		calls.put(new Call("1005", "15035550101"), "4711");
		calls.put(new Call("1005", "15035550102"), "2020");
		calls.put(new Call("1006", "15035550103"), "4711");
		assertThat(phones.callWithPins(calls)).containsExactly(200, 403, 403, 200);
		assertThat(carrier.numbers()).containsExactly("15035550103");
	}

	@Test
	void aListWithoutPinsLetsNobodyPass() {
		assertThat(phones.callWithPins(Map.of(new Call("1007", "16035550100"), "4711")).getFirst()).isIn(200, 1);
		assertThat(carrier.numbers()).isEmpty();
	}

	@Test
	void aTrunkThatReadsE164GetsNumbersInFull() {
		assertThat(phones.call("1001", "12125550100")).isEqualTo(200);
		assertThat(phones.call("1001", "2125550100")).isEqualTo(200);
		assertThat(phones.call("1001", "0115491155501234")).isEqualTo(200);
		assertThat(carrier.numbers()).containsExactly("77+12125550100", "77+12125550100", "77+5491155501234");
		// would be a number in Brazil to that carrier
		assertThat(phones.call("1001", "5550100")).isEqualTo(484);
		assertThat(phones.call("1001", "911")).isEqualTo(200);
		assertThat(carrier.numbers()).containsExactly("77911");
	}

	/** Who is transferred was dialling before, and how that ended must not count. */
	@Test
	void aLineThatIsPassedOverLeadsToTheNext() {
		assertThat(phones.call("1001", "7775550")).isEqualTo(200);
		assertThat(carrier.numbers()).containsExactly("7775550");
		try (var phone = CalledPhone.transferring(pbx, "7775550")) {
			// stays on the line for a while
			phones.callWithPins(Map.of(new Call("1001", "1002"), "1"));
			assertThat(phone.calls()).isEqualTo(1);
			assertThat(carrier.numbers()).containsExactly("7775550");
		}
	}

	@Test
	void aFeatureCodePlaysTheAnnouncement() {
		assertThat(phones.call("1001", "%2A999")).isGreaterThanOrEqualTo(400);
		assertThat(pbx.logTail(200)).contains("Playing 'sorry.gsm'");
		assertThat(phones.call("1001", "%2A998")).isEqualTo(404);
		RealApply.apply(pbx, snapshot("*998"));
		// the slot out of use still has the old code
		assertThat(phones.call("1001", "%2A999")).isEqualTo(404);
		assertThat(phones.call("1001", "%2A998")).isGreaterThanOrEqualTo(400);
		RealApply.apply(pbx, snapshot("*999"));
		assertThat(carrier.numbers()).isEmpty();
	}

	private static int call(String endpoint, String pin) {
		return phones.callWithPins(Map.of(new Call(endpoint, ASKS), pin)).getFirst();
	}

	private static Snapshot snapshot(String code) {
		var policy = new PolicyRules(1, "Offices", "US", true, "011", new TreeSet<>(Set.of("+", "00", "011")),
				new TreeSet<>(Set.of("1", "54")), new TreeSet<>(Set.of("911")));
		var rights = new TreeMap<String, CallRestrictions>();
		for (int i = 1001; i <= 1008; i++) {
			rights.put(String.valueOf(i), new CallRestrictions(false, false, false, null));
		}
		var pins = Map.of("guests",
				new PinList("Guests", SALT,
						new TreeMap<>(Map.of(sha1(SALT + "4711"), "Front desk", sha1(SALT + "2020"), "Night shift"))),
				"nobody", new PinList("Nobody", SALT, new TreeMap<>()));
		var trunks = Map.of("trunk", Trunk.PLAIN, "full", new Trunk("PJSIP/$OUTNUM$@trunk", Trunk.Reading.E164, "77"));
		var routes = List.of(OutboundRoute.through("Mixed", List.of("full", "trunk"), List.of("777XXXX")),
				OutboundRoute.through("In full", List.of("full"),
						List.of("1212NXXXXXX", "212NXXXXXX", "011ZXXXX!", "NXXXXXX")),
				OutboundRoute.through("Guests", List.of("trunk"), List.of("1503NXXXXXX")).withPins("guests"),
				OutboundRoute.through("Nobody", List.of("trunk"), List.of("1603NXXXXXX")).withPins("nobody"),
				OutboundRoute.through("Everybody", List.of("trunk"), List.of("1NXXNXXXXXX")));
		return new Snapshot(policy, new BusinessHours(ZoneId.of("UTC"), Map.of()), rights, new TreeMap<>(),
				new TreeMap<>(trunks), routes, NumberRestrictions.none(), new TreeMap<>(pins),
				new TreeMap<>(Map.of("sorry", new Announcement("Sorry", List.of("sorry", "not-there"), false, code))));
	}

	private static String sha1(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
