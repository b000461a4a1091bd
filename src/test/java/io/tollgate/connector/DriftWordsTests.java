package io.tollgate.connector;

import java.util.Locale;

import io.tollgate.connector.Drift.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;

import static org.assertj.core.api.Assertions.assertThat;

class DriftWordsTests {

	private final DriftWords words;

	DriftWordsTests() {
		var messages = new ResourceBundleMessageSource();
		messages.setBasename("messages/connector");
		messages.setDefaultEncoding("UTF-8");
		messages.setFallbackToSystemLocale(false);
		this.words = new DriftWords(messages);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					e164/62 |  | ai | +62 Indonesia: allowed on the PBX, blocked by what was applied
					e164/54 | ai | d | +54 Argentina: blocked on the PBX, allowed by what was applied
					e164/9999 | d | ai | +9999: allowed on the PBX, blocked by what was applied
					e164/1 | ai | an | +1 United States, Canada: an on the PBX, ai by what was applied
					ext/1001 | 01 | 11600 | Extension 1001: international calls, calls out at any time, at most 10 minutes on the PBX, no international calls, calls out at any time, no limit by what was applied
					ext/1002 | 0h |  | Extension 1002: calls inside the country only on the PBX, no international calls, calls out in business hours, no limit by what was applied
					ext/trunk | 00 | rubbish | Endpoint trunk: rubbish on the PBX, no international calls, no calls out, no limit by what was applied
					cfg | 1*00 | 0*00 | Country protection: off on the PBX, on by what was applied
					cfg | 1*00 | 1*011 | International dialing code: 011 on the PBX, 00 by what was applied
					ip/00 | 2c |  | International prefix 00: missing on the PBX, there by what was applied
					no/52900 | 0001 |  | Numbers beginning with 52900: not restricted on the PBX, restricted by what was applied
					no/x1976 |  | 0001 | Numbers of the exchange 976 in every area code: restricted on the PBX, not restricted by what was applied
					nx/1001/52900 |  | 9999999999 | Extension 1001, restriction 52900: exempt on the PBX, not exempt by what was applied
					who/2/1001 |  | 1 | Extension 1001, part 2 of the routes: may use it on the PBX, not named by what was applied
					pin/k3f9 | '' | Mallory | PIN list k3f9: the PINs of Mallory on the PBX, nothing by what was applied
					pin/k3f9 | Anna | Anna | PIN list k3f9: changed on the PBX
					hours/1 | 08001700 |  | Business hours, Monday: closed on the PBX, 08:00 to 17:00 by what was applied
					hours/tz | Europe/Paris | UTC | Time zone of the business hours: UTC on the PBX, Europe/Paris by what was applied
					emergency/911 | 911,1,Dial(PJSIP/911@trunk,120) |  | Emergency number 911: nothing on the PBX, 911,1,Dial(PJSIP/911@trunk,120) by what was applied
					unused/emergency/00 |  | 00,1,Dial(x) | Emergency number 00, in the route file out of use: 00,1,Dial(x) on the PBX, nothing by what was applied
					something/else |  | {0} 'x' | something/else: {0} 'x' on the PBX, nothing by what was applied
					""")
	void saysRulesAsPeopleSpeak(String key, @Nullable String wanted, @Nullable String found, String line) {
		assertThat(this.words.line(new Drift(Kind.RULES, key, wanted, found), Locale.ENGLISH)).isEqualTo(line);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					GENERATION | active |  | 12 | The PBX runs generation 12, as it was once applied, in place of the last one
					GENERATION | active |  |  | The PBX runs no rules of the portal: only emergency numbers pass
					GUARD | tollgate-deny | [tollgate-deny] |  | The part tollgate-deny of the guard is missing on the PBX
					GUARD | tollgate-deny | s,1,x() | s,1,y() | The part tollgate-deny of the guard was changed on the PBX: s,1,y()
					GUARD | tollgate-deny | s,9,x() |  | The part tollgate-deny of the guard was changed on the PBX: s,9,x() is missing
					ENDPOINT | 1003 | tollgate-outbound | open | Extension 1003 does not ask the guard: the PBX has it in the context open, which does not lead to tollgate-outbound
					""")
	void saysWhatElseDiffers(Kind kind, String key, @Nullable String wanted, @Nullable String found, String line) {
		assertThat(this.words.line(new Drift(kind, key, wanted, found), Locale.ENGLISH)).isEqualTo(line);
	}

}
