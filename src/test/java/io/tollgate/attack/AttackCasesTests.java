package io.tollgate.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list of attacks names tests that exist, and forgets none of those that must be
 * tried.
 */
class AttackCasesTests {

	private static final List<String> CASES = List.of("AMI header injection", "CR LF", "bare LF", "%0d%0a", "U+2028",
			"NUL", "1,024 bytes", "129 headers", "${SHELL(…)}", "restart of the PBX", "_.", "_!", "9/1001",
			"1,1,Goto(…)", "`+`", "00", "011", "carrier prefix", "blanks", "full-width", "Arabic", "60 digits",
			"169.254.169.254", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "rebinding", "Stored XSS from PBX data",
			"SSTI", "CSV formulas", "1 GB", "BOM", "unclosed quote", "Mass assignment", "IDOR", "`sort=`",
			"Log forging", "ANSI", "X-Forwarded-For");

	@Test
	void everyCaseIsTriedByATestThatExists() throws IOException {
		var rows = Files.readAllLines(Path.of("docs/attack-cases.md"))
			.stream()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| Case"))
			.toList();
		try (var files = Files.walk(Path.of("src/test/java"))) {
			var there = files.map((file) -> file.getFileName().toString().replace(".java", ""))
				.collect(Collectors.toSet());
			for (var row : rows) {
				var named = new TreeSet<String>();
				Pattern.compile("`(\\w+(?:Tests|IT))`")
					.matcher(row)
					.results()
					.forEach((found) -> named.add(found.group(1)));
				assertThat(named).as(row).isNotEmpty();
				assertThat(there).as(row).containsAll(named);
			}
		}
		var cases = rows.stream().map((row) -> row.split("\\|")[1]).collect(Collectors.joining("\n"));
		assertThat(CASES).allMatch(cases::contains, "a case of the list");
	}

}
