package io.tollgate.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tollgate.support.Http;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers that are written so that they look like others, and patterns that take in more
 * than they say.
 */
@AttackTest
class NumberAttackTests {

	private static final String ALLOWED = "00541938384";

	private static final String BLOCKED = "00621938384";

	@Autowired
	AttackedPortal portal;

	private Http http;

	@BeforeEach
	void signIn() {
		this.http = this.portal.ready().administrator();
	}

	private boolean allowed(long pbx, String number) {
		var answer = this.http.get("/tester?pbx=" + pbx + "&extension=1001&number=" + AttackedPortal.encode(number));
		assertThat(answer.statusCode()).as(number).isEqualTo(200);
		return !Jsoup.parse(answer.body()).select(".verdict--allowed").isEmpty();
	}

	private static List<String> disguises(String number) {
		var bare = number.substring(2);
		var disguises = new ArrayList<>(List.of("+" + bare, "011" + bare, "00 " + bare, "+ " + bare, "0 0" + bare,
				" " + number + " ", "\t" + number, "00-" + bare, "(00)" + bare, "00\u00a0" + bare, "00\u200b" + bare,
				"%2B" + bare, "00" + "+" + bare, "0000" + bare, "00011" + bare, "+00" + bare, "+011" + bare,
				"00" + bare + "#", "00" + bare + "@carrier", "00" + bare + ",1", "00" + bare + ";x=y", "tel:+" + bare,
				"sip:00" + bare, "98" + number, "9" + number, "0" + number, "00 54 " + bare, "0054,00" + bare,
				bare + "\n" + ALLOWED, ALLOWED + "\n" + number, number + "\0", "\ufeff" + number,
				number + "0".repeat(60 - number.length()), "${EXTEN}" + number, "00${" + bare + "}"));
		// full-width, Arabic, Persian and Devanagari digits
		for (char zero : new char[] { '\uff10', '\u0660', '\u06f0', '\u0966' }) {
			var other = new StringBuilder();
			number.chars().forEach((c) -> other.append((char) (zero + c - '0')));
			disguises.add(other.toString());
			disguises.add("00" + other.substring(2));
			disguises.add(other.substring(0, 2) + bare);
		}
		return disguises;
	}

	@Test
	void noSpellingOfABlockedNumberPasses() {
		long pbx = this.portal.untouched();
		assertThat(allowed(pbx, ALLOWED)).as("what may be dialled").isTrue();
		assertThat(allowed(pbx, BLOCKED)).isFalse();
		assertThat(disguises(BLOCKED).stream().filter((number) -> allowed(pbx, number))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "_.", "_!", "_X.", ".", "!", "9/1001", "1,1,Goto(from-internal,911,1)", "_00X./1001",
			"_9|.", "${EXTEN}", "_[0-9].", "s", "i", "t", "h", "_[[", "_00\r\nexten", "_00;", "_00>", "00\u0660",
			"\uff10\uff10", "_\u0000" })
	void widerPatternsAreRefused(String pattern) {
		long before = rules(pattern);
		this.http.get("/routes/new?pbx=" + this.portal.id());
		var form = Map.of("name", "Wide", "match", pattern, "type", "NORMAL", "enabled", "true", "goal", "trunks",
				"trunk", "backup", "when", "always", "act", "save");
		var saved = this.http.post("/routes?pbx=" + this.portal.id(), form);
		assertThat(saved.statusCode()).as(saved.headers().toString()).isEqualTo(422);
		assertThat(rules(pattern)).isEqualTo(before);
	}

	private long rules(String pattern) {
		return this.portal.jdbc().sql("select count(*) from outbound_route_rule").query(Long.class).single();
	}

}
