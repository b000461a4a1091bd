package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tollgate.connector.asterisk.WaysOut.Way;

import static org.assertj.core.api.Assertions.assertThat;

/** What a loaded dialplan does with a call, from its text. */
class WaysOutTests {

	private static final String GUARDED = "[from-internal]\nexten => _1XXX,1,Dial(PJSIP/${EXTEN},20)\n";

	private static final String GUARD = "include => tollgate-outbound\n";

	private static final String OPEN = "[open]\nexten => _X.,1,Dial(PJSIP/${EXTEN}@trunk)\n";

	/** What a PBX would tell of that text. */
	private static LoadedDialplan dialplan(String text) {
		var file = DialplanText.parse(text);
		var events = new ArrayList<AmiMessage>();
		for (var context : file.contextNames()) {
			for (var step : file.steps(context)) {
				if (step.startsWith("include ")) {
					events.add(new AmiMessage(List.of("Context", "IncludeContext"),
							List.of(context, step.split(" ", 3)[2])));
				}
				else {
					events.add(event(context, step));
				}
			}
		}
		return LoadedDialplan.of(events);
	}

	private static AmiMessage event(String context, String step) {
		var parts = step.split(",", 3);
		int label = parts[1].indexOf('(');
		int bracket = parts[2].indexOf('(');
		return new AmiMessage(List.of("Context", "Extension", "Priority", "ExtensionLabel", "Application", "AppData"),
				List.of(context, parts[0], (label < 0) ? parts[1] : parts[1].substring(0, label),
						(label < 0) ? "" : parts[1].substring(label + 1, parts[1].length() - 1),
						parts[2].substring(0, bracket), parts[2].substring(bracket + 1, parts[2].length() - 1)));
	}

	private static List<String> ways(String text) {
		return WaysOut.from("from-internal", List.of(), dialplan(text))
			.ways()
			.stream()
			.map((way) -> way.kind() + " " + String.join(" > ", way.steps()) + " " + way.target())
			.toList();
	}

	@Test
	void findsNothingWhereTheGuardTakesAllNumbers() {
		assertThat(ways(GUARDED + GUARD + "include => open\n" + OPEN)).isEmpty();
	}

	@Test
	void aGuardThatIsAskedAtTimesIsNoGuard() {
		var timed = dialplan(
				GUARDED + "include => tollgate-outbound,08:00-17:00,mon-fri,*,*\ninclude => open\n" + OPEN);
		var result = WaysOut.from("from-internal", List.of(), timed);
		assertThat(result.guarded()).isFalse();
		assertThat(result.ways(Way.Kind.OUT)).singleElement()
			.satisfies((way) -> assertThat(way.steps()).containsExactly("from-internal", "open", "_X."));
		var nested = GUARDED + "include => day,08:00-17:00,mon-fri,*,*\ninclude => open\n" + OPEN + "[day]\n" + GUARD;
		assertThat(ways(nested)).containsExactly("OUT from-internal > open > _X. trunk");
		assertThat(ways(nested.replace("include => open", GUARD + "include => open"))).isEmpty();
	}

	@Test
	void aSectionOfARouteThatIsAskedAtTimesIsNotOurs() {
		var context = dialplan("[tollgate-a-1]\ninclude => tollgate-a-2,08:00-17:00,mon-fri,*,*\n")
			.context("tollgate-a-1");
		assertThat(context).isNotNull()
			.extracting((changed) -> OwnContexts.foreign("tollgate-a-1", changed))
			.isEqualTo("include => tollgate-a-2,08:00-17:00,mon-fri,*,*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PJSIP/${EXTEN:1}@4912345678", "SIP/4912345678/${EXTEN:1}" })
	void aNumberOnAnEndpointOfDigits(String device) {
		assertThat(ways("[from-internal]\nexten => _9NXXNXXXXXX,1,Dial(" + device + ")\n" + GUARD))
			.containsExactly("UNKNOWN from-internal > _9NXXNXXXXXX Dial(" + device + ")");
		assertThat(ways("[from-internal]\nexten => 9,1,Dial(PJSIP/4912345678)\n" + GUARD)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ParkAndAnnounce(pbx-parked,60,Local/15035550100@open)", "ConfBridge(1,,,menu)",
			"MeetMe(1,X)", "ChanSpy(,X)", "ExtenSpy(1001,X)", "ImportVar(BLINDTRANSFER=PJSIP/1,X)",
			"Set(DB(tollgate/active)=1)", "Set(DB(${X}/active)=1)", "DBdel(tollgate/1/no/1900)", "DBdeltree(tollgate)",
			"Park(,c(${X},1,1)${Y})" })
	void whatMayDialOrJump(String application) {
		assertThat(ways("[from-internal]\nexten => *1,1," + application + "\n" + GUARD))
			.containsExactly("UNKNOWN from-internal > *1 " + application);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Park(,c(open,15035550100,1))", "Park(,c(open,${EXTEN},1)r)",
			"Dial(PJSIP/1001,20,G(open^1503^1))", "Page(PJSIP/1001,db(open^1503^1))", "VoiceMail(1001,ud(open))",
			"RetryDial(none,5,3,PJSIP/1001,20,G(open^1503^1))", "Set(EXITCONTEXT=open)", "Set(_EXITCONTEXT=open)" })
	void whatLeadsElsewhere(String application) {
		assertThat(ways("[from-internal]\nexten => *1,1," + application + "\n" + GUARD + OPEN))
			.containsExactly("OUT from-internal > *1 > open > _X. trunk");
	}

	/** The guard has no priority 50, so whoever has one takes it. */
	@ParameterizedTest
	@ValueSource(strings = { "*9,1,Goto(from-internal,19005551234,50)", "*9,1,Goto(19005551234,50)",
			"*9,1,Dial(PJSIP/1001,20,G(from-internal^19005551234^50))", "_X.,1,Goto(50)",
			"_1XXXXXXXXXX,1,Goto(${EXTEN},50)", "_X.,1,Gosub(from-internal,${EXTEN},50)" })
	void aPriorityThatTheGuardDoesNotHave(String line) {
		var start = line.substring(0, line.indexOf(','));
		assertThat(ways("[from-internal]\nexten => " + line + "\n" + GUARD
				+ "include => old\n[old]\nexten => 19005551234,50,Dial(PJSIP/1@trunk)\n"))
			.containsExactly("OUT from-internal > " + start + " > from-internal > old > 19005551234 trunk");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Goto(bye)", "Goto(3)", "Goto(${EXTEN},bye)", "GotoIf($[1]?bye:3)",
			"Goto(from-internal,_XXXXXXXXXXX,3)", "Goto(from-internal,19005551234,1)",
			"Goto(from-internal,${EXTEN},1)" })
	void aJumpThatStaysOrBeginsAtTheGuard(String jump) {
		assertThat(ways(
				"[from-internal]\nexten => _XXXXXXXXXXX,1," + jump + "\nsame => n,NoOp()\nsame => n(bye),Hangup()\n"
						+ GUARD + "include => old\n[old]\nexten => 19005551234,50,Dial(PJSIP/1@trunk)\n"))
			.isEmpty();
	}

	/** One digit, which the context of the call takes. */
	@ParameterizedTest
	@ValueSource(strings = { "Dial(PJSIP/1001,20,td)", "RetryDial(none,5,3,PJSIP/1001,20,d)", "VoiceMail(1001,du)" })
	void aDigitWhileWaiting(String application) {
		assertThat(ways("[from-internal]\nexten => *1,1,Goto(menu,s,1)\n" + GUARD + "[menu]\nexten => s,1,"
				+ application + "\nexten => 5,1,Dial(PJSIP/15035550100@trunk)\n"))
			.containsExactly("OUT from-internal > *1 > menu > s > menu > 5 trunk");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Park()", "Park(default,r)", "Dial(PJSIP/1001,20,tT)", "Page(PJSIP/1001&PJSIP/1002,dq)",
			"VoiceMail(1001,u)", "RetryDial(none,5,3,PJSIP/1001)", "Set(DB(CFW/${EXTEN})=1)", "DBdel(CFW/1001)",
			"Set(X=1)" })
	void whatLeadsNowhere(String application) {
		assertThat(ways(
				"[from-internal]\nexten => *1,1," + application + "\n" + GUARD + "[default]\nexten => 5,1,NoOp()\n"))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "h", "i", "t", "T", "e", "fax" })
	void whereACallComesByItself(String special) {
		assertThat(
				ways("[from-internal]\nexten => *1,1,Goto(menu,s,1)\n" + GUARD + "[menu]\nexten => s,1,WaitExten(5)\n"
						+ "exten => 7,1,NoOp()\nexten => " + special + ",1,Dial(PJSIP/15035550100@trunk)\n"))
			.containsExactly("OUT from-internal > *1 > menu > " + special + " trunk");
		assertThat(ways("[from-internal]\nexten => *1,1,Goto(menu,s,1)\n" + GUARD + "[menu]\nexten => s,1,Answer()\n"
				+ "exten => " + special + ",1,Dial(PJSIP/15035550100@trunk)\n"))
			.containsExactly("OUT from-internal > *1 > menu > " + special + " trunk");
	}

}
