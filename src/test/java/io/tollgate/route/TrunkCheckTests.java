package io.tollgate.route;

import java.util.List;
import java.util.Set;

import io.tollgate.route.Trunk.Reading;
import io.tollgate.route.TrunkAnswer.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TrunkCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "a b", "x]\n[y", "a,b", "a/b", "a@b", "${X}", "", "-a", "é" })
	void keepsStrangeTrunkNamesOutOfTheDialplan(String name) {
		assertThat(TrunkCheck.usable(name)).isFalse();
		assertThat(TrunkCheck.usable("x".repeat(41))).isFalse();
		assertThat(TrunkCheck.usable("carrier-1.example_x")).isTrue();
	}

	@Test
	void aNameIsFreeAndNoExtension() {
		assertThat(TrunkCheck.name("carrier", Set.of("backup"), Set.of("1001"))).isEmpty();
		assertThat(TrunkCheck.name("Backup", Set.of("backup"), Set.of())).map(Refusal::code).contains("name-taken");
		assertThat(TrunkCheck.name("1001", Set.of(), Set.of("1001"))).map(Refusal::code).contains("extension");
		assertThat(TrunkCheck.name("a/b", Set.of(), Set.of())).map(Refusal::code).contains("name");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "DAHDI/g1/$OUTNUM$", "IAX2/carrier/$OUTNUM$", "SIP/carrier/$OUTNUM$",
			"PJSIP/$OUTNUM$@carrier", "PJSIP/carrier/sip:$OUTNUM$@sip.example.com:5060", "DAHDI/1/w$OUTNUM$" })
	void letsDialStringsPass(String dial) {
		assertThat(refusals(dial, "")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "Local/$OUTNUM$@from-internal, local", "local/$OUTNUM$@x, local", "Local, local",
			"Console/$OUTNUM$, technology", "dahdi/g1/$OUTNUM$, technology", "$OUTNUM$, technology", "DAHDI/g1, number",
			"DAHDI/$OUTNUM$/$OUTNUM$, number", "DAHDI/g1/$outnum$, number", "DAHDI/g1/${EXTEN}$OUTNUM$, characters",
			"'PJSIP/$OUTNUM$@a,30,g', characters", "SIP/a/$OUTNUM$&Local, characters", "SIP/a/$OUTNUM$;x, characters",
			"SIP/a b/$OUTNUM$, characters", "SIP/é/$OUTNUM$, characters", "SIP/a/$OUTNUM$$, characters",
			"IAX2/user:secret@host/$OUTNUM$, credentials", "SIP/a/0062$OUTNUM$, digits",
			"PJSIP/a/sip:+$OUTNUM$@b, digits", "DAHDI/1/9w$OUTNUM$, digits", "SIP/a/$OUTNUM$9, digits" })
	void keepsOtherDialStringsOutOfTheDialplan(String dial, String code) {
		assertThat(refusals(dial, "")).containsExactly("dial " + code);
	}

	@Test
	void capsTheLength() {
		assertThat(refusals("SIP/" + "a".repeat(67) + "/$OUTNUM$", "")).isEmpty();
		assertThat(refusals("SIP/" + "a".repeat(68) + "/$OUTNUM$", "")).containsExactly("dial too-long");
	}

	@ParameterizedTest
	@ValueSource(strings = { "#9", "9a", "01234567890", "+1", "9\n" })
	void refusesWhatIsNoAccessCode(String code) {
		assertThat(refusals("", code + "x")).containsExactly("accessCode access-code");
		assertThat(refusals("", "*901")).isEmpty();
	}

	private static List<String> refusals(String dial, String accessCode) {
		return TrunkCheck.refusals(TrunkCheck.clean(new Trunk(dial, Reading.AS_DIALLED, accessCode)))
			.stream()
			.map((refusal) -> refusal.field() + " " + refusal.code())
			.toList();
	}

}
