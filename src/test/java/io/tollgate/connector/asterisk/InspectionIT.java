package io.tollgate.connector.asterisk;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.tollgate.connector.Inspection.Entry;
import io.tollgate.connector.Inspection.Kind;
import io.tollgate.connector.Target;
import io.tollgate.lab.AsteriskLog;
import io.tollgate.lab.CalledPhone;
import io.tollgate.lab.Carrier;
import io.tollgate.lab.LabSpec;
import io.tollgate.lab.RealAsterisk;
import io.tollgate.lab.SipPhones;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holes in a real Asterisk: a call to Indonesia, which the guard blocks, goes out by each
 * of them, and an inspection says which one it is.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(RealAsterisk.Version.class)
@ExtendWith(AsteriskLog.class)
class InspectionIT {

	private static final String INDONESIA = "00621938384";

	private static final String NATIONAL = "15035550100";

	private static final String GUARDED = ConnectorContractTests.INCLUDES + ConnectorContractTests.PHONES
			+ GuardText.contextLine();

	private static final String OPEN = """
			[open]
			include => outbound-allroutes
			[outbound-allroutes]
			exten => _9.,1,Dial(PJSIP/${EXTEN:1}@trunk)
			""";

	private static RealAsterisk pbx;

	private static SipPhones phones;

	private static Carrier carrier;

	private static String pjsip;

	@Parameter
	private RealAsterisk.Version version;

	@BeforeParameterizedClassInvocation
	static void start(RealAsterisk.Version version) throws IOException {
		pbx = RealAsterisk.start(version, LabSpec.of(3));
		carrier = Carrier.start(pbx);
		phones = new SipPhones(pbx);
		pjsip = Files.readString(pbx.etc().resolve("pjsip.conf"));
		pbx.install(Map.of("extensions.conf", GUARDED));
		try (var session = new AsteriskConnector(ConnectorContractTests.HASTY).open(as("tollgate-config"))) {
			session.load(ConnectorContractTests.desired()).commit(Duration.ofMinutes(1), (stage) -> {
			}).confirm();
		}
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		carrier.close();
		pbx.close();
	}

	@BeforeEach
	void clean() throws IOException {
		dialplan(GUARDED);
		if (!Files.readString(pbx.etc().resolve("pjsip.conf")).equals(pjsip)) {
			endpoints("");
		}
		carrier.numbers();
	}

	private static Target as(String account) {
		return new Target("127.0.0.1", pbx.amiPort(), false, null, account, RealAsterisk.SECRET);
	}

	private static void dialplan(String text) {
		pbx.install(Map.of("extensions.conf", text));
	}

	private static void endpoints(String more) {
		pbx.install(Map.of("pjsip.conf", pjsip + more));
		pbx.cli("module reload res_pjsip.so");
	}

	/** With the least rights that the portal needs. */
	private static List<Entry> inspect() {
		try (var session = new AsteriskConnector(ConnectorContractTests.HASTY).open(as("tollgate"))) {
			return session.inspect().entries();
		}
	}

	private static void finds(Kind kind, String context, String way, String target) {
		assertThat(inspect()).filteredOn((entry) -> entry.kind() == kind).anySatisfy((entry) -> {
			assertThat(entry.context()).isEqualTo(context);
			assertThat(String.join(" > ", entry.way())).isEqualTo(way);
			assertThat(entry.target()).isEqualTo(target);
		});
	}

	private static void passes(String endpoint, String number, String sent) {
		assertThat(phones.call(endpoint, number)).as(number).isEqualTo(200);
		assertThat(carrier.numbers()).containsExactly(sent);
	}

	@Test
	void theGuardIsAskedOtherwise() {
		assertThat(phones.call("1001", INDONESIA)).isEqualTo(403);
		assertThat(carrier.numbers()).isEmpty();
		assertThat(inspect()).isEmpty();
	}

	@Test
	void aContextThatNeverAsksTheGuard() {
		dialplan(GUARDED + OPEN);
		endpoints("[1002](+)\ncontext=open\n");
		passes("1002", "9" + INDONESIA, INDONESIA);
		finds(Kind.OPEN_CONTEXT, "open", "open > outbound-allroutes > _9.", "trunk");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			textBlock = """
					exten => _9.,1,Dial(PJSIP/${EXTEN:1}@trunk);9;from-internal > _9.
					exten => _0!,2,Dial(PJSIP/${EXTEN}@trunk);'';from-internal > _0!
					include => tollgate-routes-a;'';from-internal > tollgate-routes-a > tollgate-a-1 > _*67X > tollgate-a-1-go > _[+0-9]!
					exten => _9.,1,Goto(open,${EXTEN},1);9;from-internal > _9. > open > outbound-allroutes > _9.
					exten => _9.,1,Gosub(open,${EXTEN},1);9;from-internal > _9. > open > outbound-allroutes > _9.
					exten => _9.,1,Dial(Local/${EXTEN:1}@straight);9;from-internal > _9. > straight > _X.
					exten => _9.,1,ExecIf($[1]?Dial(PJSIP/${EXTEN:1}@trunk,20):NoOp());9;from-internal > _9.
					""")
	void anotherWayInTheGuardedContext(String line, String prefix, String way) {
		var number = line.contains("routes-a") ? "011621938384" : INDONESIA;
		dialplan(ConnectorContractTests.INCLUDES + ConnectorContractTests.PHONES + line + "\n" + GuardText.contextLine()
				+ OPEN + "[straight]\nexten => _X.,1,Dial(PJSIP/${EXTEN}@trunk)\n");
		passes("1001", prefix + number, number);
		assertThat(inspect()).filteredOn((entry) -> entry.kind() == Kind.BESIDE_GUARD)
			.anyMatch((entry) -> String.join(" > ", entry.way()).equals(way) && entry.target().equals("trunk"));
	}

	@Test
	void behindTheGuardOnlyWhatItDoesNotTake() {
		dialplan(GUARDED + "include => old\n[old]\nexten => _0.,1,Dial(PJSIP/${EXTEN}@trunk)\n");
		assertThat(phones.call("1001", INDONESIA)).isEqualTo(403);
		assertThat(inspect()).isEmpty();
		dialplan(GUARDED + "include => old\n[old]\nexten => _*.,1,Dial(PJSIP/${EXTEN:1}@trunk)\n");
		passes("1001", "*" + INDONESIA, INDONESIA);
		finds(Kind.BESIDE_GUARD, "from-internal", "from-internal > old > _*.", "trunk");
	}

	@Test
	void aDeviceThatTheCallerNames() {
		dialplan(ConnectorContractTests.INCLUDES + "[from-internal]\nexten => _0X.,1,Dial(PJSIP/${EXTEN},20)\n"
				+ GuardText.contextLine());
		passes("1001", INDONESIA + "%40trunk", INDONESIA);
		finds(Kind.ANY_DEVICE, "from-internal", "from-internal > _0X.", "PJSIP/${EXTEN}");
	}

	/** An ampersand calls another device, a slash ends the name of a context. */
	@ParameterizedTest
	@CsvSource({ "PJSIP/${EXTEN:1}@1001, 8x%26PJSIP/" + INDONESIA + "%40trunk%26PJSIP/1",
			"Local/${EXTEN:1}@from-internal, 89" + INDONESIA + "%40open/n" })
	void aDeviceThatTheCallerAdds(String device, String dialled) {
		dialplan(ConnectorContractTests.INCLUDES + "[from-internal]\nexten => _8.,1,Dial(" + device + ",20)\n"
				+ GuardText.contextLine() + OPEN);
		passes("1001", dialled, INDONESIA);
		finds(Kind.ANY_DEVICE, "from-internal", "from-internal > _8.", device);
	}

	@Test
	void aPlaceThatTheCallerNames() {
		dialplan(ConnectorContractTests.INCLUDES + "[from-internal]\nexten => _8.,1,Goto(${EXTEN:1},1)\n"
				+ GuardText.contextLine() + OPEN);
		passes("1001", "8open%2C9" + INDONESIA, INDONESIA);
		finds(Kind.UNKNOWN_WAY, "from-internal", "from-internal > _8.", "Goto(${EXTEN:1},1)");
	}

	@Test
	void aTransferIntoAnotherContext() {
		dialplan(ConnectorContractTests.INCLUDES
				+ "[from-internal]\nexten => _1NXXNXXXXXX,1,Set(__TRANSFER_CONTEXT=open)\n"
				+ "same => n,Goto(tollgate-outbound,${EXTEN},1)\n" + OPEN);
		phones.callAndTransfer("1001", NATIONAL, "9" + INDONESIA);
		ConnectorContractTests.await(() -> carrier.numbers().contains(INDONESIA));
		finds(Kind.BESIDE_GUARD, "from-internal", "from-internal > _1NXXNXXXXXX > open > outbound-allroutes > _9.",
				"trunk");
	}

	@Test
	void aTransferAsTheEndpointSaysOrAllOfThem() {
		dialplan(GUARDED + OPEN);
		endpoints("[1001](+)\nset_var=TRANSFER_CONTEXT=open\n");
		phones.callAndTransfer("1001", NATIONAL, "9" + INDONESIA);
		ConnectorContractTests.await(() -> carrier.numbers().contains(INDONESIA));
		finds(Kind.BESIDE_GUARD, "from-internal",
				"from-internal > TRANSFER_CONTEXT=open > open > outbound-allroutes > _9.", "trunk");
		endpoints("");
		dialplan((GUARDED + OPEN).replace("[globals]\n", "[globals]\nTRANSFER_CONTEXT=open\n"));
		phones.callAndTransfer("1001", NATIONAL, "9" + INDONESIA);
		ConnectorContractTests.await(() -> carrier.numbers().contains(INDONESIA));
		finds(Kind.BESIDE_GUARD, "from-internal",
				"from-internal > TRANSFER_CONTEXT=open > open > outbound-allroutes > _9.", "trunk");
	}

	/** 1001 may call Argentina, 1002 may not. */
	@Test
	void aNameThatIsNotItsOwn() {
		assertThat(phones.call("1002", "0054115550100")).isEqualTo(403);
		endpoints("[1002](+)\nset_var=BLINDTRANSFER=PJSIP/1001-00000001\n");
		passes("1002", "0054115550100", "01154115550100");
		finds(Kind.UNKNOWN_WAY, "from-internal", "from-internal > BLINDTRANSFER=PJSIP/1001-00000001",
				"Set(BLINDTRANSFER=PJSIP/1001-00000001)");
	}

	@Test
	void aTrunkThatLetsItsCallersOut() {
		dialplan(GUARDED + OPEN);
		endpoints("[trunk](+)\ncontext=open\n");
		assertThat(phones.callFrom("127.0.0.20", "somebody", "9" + INDONESIA, "X-Lab: 1")).isEqualTo(200);
		assertThat(carrier.numbers()).containsExactly(INDONESIA);
		finds(Kind.OPEN_TRUNK, "open", "open > outbound-allroutes > _9.", "trunk");
	}

	@Test
	void aLineInAContextOfThePortal() {
		dialplan(GUARDED + "[tollgate-emergency-b]\nexten => _9.,1,Dial(PJSIP/${EXTEN:1}@trunk)\n");
		passes("1001", "9" + INDONESIA, INDONESIA);
		finds(Kind.CHANGED, "tollgate-emergency-b", "", "_9.,1,Dial(PJSIP/${EXTEN:1}@trunk)");
	}

	@ParameterizedTest
	@CsvSource({ "uri_pjsip", "uri_core" })
	void aRedirectionToAnAddress(String method) {
		endpoints("");
		try (var phone = CalledPhone.forwardingToCarrier(pbx, INDONESIA)) {
			phones.call("1001", "1002");
			assertThat(phone.calls()).isEqualTo(1);
			assertThat(carrier.numbers()).isEmpty();
		}
		endpoints("[1002](+)\nredirect_method=" + method + "\n");
		try (var phone = CalledPhone.forwardingToCarrier(pbx, INDONESIA)) {
			assertThat(phones.call("1001", "1002")).isEqualTo(200);
			assertThat(phone.calls()).isEqualTo(1);
			assertThat(carrier.numbers()).containsExactly(INDONESIA);
		}
		assertThat(inspect()).singleElement().satisfies((entry) -> {
			assertThat(entry.kind()).isEqualTo(Kind.REDIRECT);
			assertThat(entry.endpoints()).containsExactly("1002");
			assertThat(entry.target()).isEqualTo(method);
		});
	}

}
