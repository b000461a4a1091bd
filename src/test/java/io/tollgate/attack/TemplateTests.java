package io.tollgate.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What turns data into script or into an expression is in no template and no controller.
 */
class TemplateTests {

	private static final Path TEMPLATES = Path.of("src/main/resources/templates");

	private static final Map<String, Pattern> FORBIDDEN = Map.of("unescaped text", Pattern.compile("th:utext|\\[\\("),
			"an expression made of data", Pattern.compile("__[$*#@~]\\{|}__"), "an inline script",
			Pattern.compile("<script(?![^>]*\\ssrc=|[^>]*\\sth:src=)"), "an inline style",
			Pattern.compile("<style|\\sstyle="), "an event handler",
			Pattern.compile("\\s(th:)?on[a-z]+=|hx-on|\\sth:attr=\"[^\"]*\\bon[a-z]+="), "script for htmx",
			Pattern.compile("hx-vals=.js:|hx-headers=.js:|javascript:"), "an inlined template",
			Pattern.compile("th:inline"));

	@Test
	void noTemplateRunsWhatItShows() throws IOException {
		var found = new TreeMap<String, String>();
		try (var files = Files.walk(TEMPLATES)) {
			for (var file : files.filter((path) -> path.toString().endsWith(".html")).toList()) {
				var text = Files.readString(file);
				FORBIDDEN.forEach((what, pattern) -> {
					var match = pattern.matcher(text);
					if (match.find()) {
						found.put(file.toString(), what + ": " + match.group());
					}
				});
			}
		}
		assertThat(found).isEmpty();
	}

	/**
	 * The name of a view is written down: a text, a constant, or one that begins with
	 * where to go.
	 */
	@Test
	void noViewIsNamedByWhatWasSent() throws IOException {
		var returned = Pattern.compile("\\n\\t\\t+return (?!\")([a-z][A-Za-z]*);");
		var found = new TreeMap<String, List<String>>();
		try (var files = Files.walk(Path.of("src/main/java"))) {
			for (var file : files.filter((path) -> path.toString().endsWith("Controller.java")).toList()) {
				var text = Files.readString(file);
				var views = Pattern.compile("@(?:RequestParam|PathVariable)[^,()]*(?:\\([^)]*\\))?[^,()]*?(\\w+)[,)]")
					.matcher(text)
					.results()
					.map((match) -> match.group(1))
					.toList();
				var bad = returned.matcher(text)
					.results()
					.map((match) -> match.group(1))
					.filter(views::contains)
					.toList();
				if (!bad.isEmpty()
						|| Pattern.compile("(new ModelAndView|setViewName|FragmentsRendering\\.\\w+)\\((?![\"A-Z)])")
							.matcher(text)
							.find()) {
					found.put(file.toString(), bad);
				}
			}
		}
		assertThat(found).isEmpty();
	}

}
