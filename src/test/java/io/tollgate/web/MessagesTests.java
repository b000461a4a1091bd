package io.tollgate.web;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Every text a person reads stands in a message bundle, and every message exists. */
class MessagesTests {

	private static final Path RESOURCES = Path.of("src", "main", "resources");

	private static final Pattern KEY = Pattern.compile("#\\{([A-Za-z0-9][A-Za-z0-9_.-]*)");

	/** {@code "{policy.name.needed}"}: how a constraint names its message. */
	private static final Pattern CONSTRAINT_KEY = Pattern.compile("message = \"\\{([A-Za-z0-9_.-]+)}\"");

	private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

	private static final Pattern INLINED = Pattern.compile("\\[[\\[(].*?[)\\]]]", Pattern.DOTALL);

	private static final Pattern TAG = Pattern.compile("<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>");

	private static final Pattern SPOKEN_ATTRIBUTE = Pattern
		.compile("\\s(?:aria-label|title|placeholder|alt|data-label)=\"([^\"]*)\"");

	private static final Pattern LETTER = Pattern.compile("\\p{L}");

	private static final Pattern LONE_QUOTE = Pattern.compile("(?<!')'(?!')");

	/** Names, codes and units, which are the same in both languages. */
	private static final Set<String> ALIKE = Set.of("Tollgate", "Tollgate {0}", "{0} · Tollgate", "Ctrl K", "Ctrl",
			"English", "Español", "K", "X", "G", "PBX", "PIN", "TLS", "Host", "Token", "No", "Kosovo", "Roles",
			"Endpoint {0}", "Ext.", "Cabo Verde", "Malvinas", "Software", "Asia", "General", "Normal", "pbx:read",
			"policy:read", "extension:read", "Webhook", "{0,number} s", "{0,number,0.0} s", "http://…/set-up?token=…");

	private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+(?:,number[^}]*)?)");

	@Test
	void everyKeyExists() {
		var known = keys();
		var missing = new TreeSet<String>();
		for (var file : files(RESOURCES.resolve("templates"), ".html")) {
			KEY.matcher(read(file))
				.results()
				.map((found) -> found.group(1))
				.filter((key) -> !known.contains(key))
				.forEach((key) -> missing.add(RESOURCES.relativize(file) + ": " + key));
		}
		for (var file : files(Path.of("src", "main", "java"), ".java")) {
			CONSTRAINT_KEY.matcher(read(file))
				.results()
				.map((found) -> found.group(1))
				.filter((key) -> !known.contains(key))
				.forEach((key) -> missing.add(file.getFileName() + ": " + key));
		}
		for (var group : NavigationGroup.ALL) {
			Stream
				.concat(group.pages().stream().map((page) -> "frame.nav." + page.id()),
						group.isLabelled() ? Stream.of("frame.nav.group." + group.id()) : Stream.empty())
				.filter((key) -> !known.contains(key))
				.forEach(missing::add);
		}
		assertThat(missing).as("message keys without a message").isEmpty();
	}

	@Test
	void noTemplateHoldsText() {
		var bare = new ArrayList<String>();
		for (var file : files(RESOURCES.resolve("templates"), ".html")) {
			var markup = COMMENT.matcher(read(file)).replaceAll(" ");
			SPOKEN_ATTRIBUTE.matcher(markup)
				.results()
				.map((found) -> found.group(1))
				.filter((text) -> LETTER.matcher(text).find())
				.forEach((text) -> bare.add(RESOURCES.relativize(file) + ": " + text));
			TAG.splitAsStream(INLINED.matcher(markup).replaceAll(""))
				.map(String::strip)
				.map((text) -> text.replaceAll("&[a-z]+;", ""))
				.filter((text) -> LETTER.matcher(text).find())
				.forEach((text) -> bare.add(RESOURCES.relativize(file) + ": " + text));
		}
		assertThat(bare).as("texts that belong in a message bundle").isEmpty();
	}

	@Test
	void messagesWithArgumentsDoubleTheirQuotes() {
		var wrong = new ArrayList<String>();
		for (var file : files(RESOURCES.resolve("messages"), ".properties")) {
			properties(file).forEach((key, value) -> {
				if (value.toString().contains("{") && LONE_QUOTE.matcher(value.toString()).find()) {
					wrong.add(file.getFileName() + ": " + key);
				}
			});
		}
		assertThat(wrong).as("messages with arguments where ' is not written ''").isEmpty();
	}

	/** What the CSP would refuse at run time, or what lets data become markup or code. */
	@Test
	void noTemplateIsUnsafe() {
		var unsafe = Pattern.compile("th:utext|\\sstyle=|th:style|\\shx-on|\\son[a-z]+=|__\\$\\{|hx-vals=\"js:|\\[\\(");
		for (var file : files(RESOURCES.resolve("templates"), ".html")) {
			assertThat(
					unsafe.matcher(COMMENT.matcher(read(file)).replaceAll("")).results().map((found) -> found.group()))
				.as(RESOURCES.relativize(file).toString())
				.isEmpty();
			assertThat(read(file)).as("doctype of " + file).startsWith("<!doctype html>");
		}
	}

	@Test
	void everyBundleIsLoaded() {
		var loaded = read(RESOURCES.resolve("application.yml"));
		for (var file : files(RESOURCES.resolve("messages"), ".properties")) {
			var name = file.getFileName().toString().replaceAll("(_es)?\\.properties$", "");
			if (name.equals("numbering")) {
				continue; // knows nothing of Spring and loads its own
			}
			assertThat(loaded).as("spring.messages.basename").containsPattern("messages/" + name + "\\b");
		}
	}

	/** A page half in English would say that somebody forgot something. */
	@Test
	void everyMessageIsSaidInSpanishToo() {
		var wrong = new TreeSet<String>();
		for (var file : english()) {
			var english = properties(file);
			var spanish = properties(spanish(file));
			var keys = new TreeSet<>(english.stringPropertyNames());
			keys.addAll(spanish.stringPropertyNames());
			for (var key : keys) {
				var said = english.getProperty(key);
				var dicho = spanish.getProperty(key);
				if (said == null || dicho == null) {
					wrong.add(key + " is missing in one language");
				}
				else if (!arguments(said).equals(arguments(dicho))) {
					wrong.add(key + " has other arguments: " + dicho);
				}
				else if (said.equals(dicho) && LETTER.matcher(said.replaceAll("\\{[^}]*}", "")).find()
						&& !ALIKE.contains(said)) {
					wrong.add(key + " is not translated: " + dicho);
				}
			}
		}
		assertThat(wrong).as("Spanish messages").isEmpty();
	}

	/** Both write their choices so that they can be read, for none, one and many. */
	@Test
	void everyMessageCanBeSaid() {
		for (var file : files(RESOURCES.resolve("messages"), ".properties")) {
			properties(file).forEach((key, value) -> {
				if (value.toString().contains("{")) {
					for (int count : new int[] { 0, 1, 7 }) {
						assertThatCode(() -> new MessageFormat(value.toString(), Locale.of("es"))
							.format(Collections.nCopies(8, count).toArray())).as(file.getFileName() + ": " + key)
							.doesNotThrowAnyException();
					}
				}
			});
		}
	}

	private static Set<String> arguments(String message) {
		return ARGUMENT.matcher(message)
			.results()
			.map((found) -> found.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<Path> english() {
		return files(RESOURCES.resolve("messages"), ".properties").stream()
			.filter((file) -> !file.toString().endsWith("_es.properties"))
			.toList();
	}

	private static Path spanish(Path english) {
		return english.resolveSibling(english.getFileName().toString().replace(".properties", "_es.properties"));
	}

	private static Set<String> keys() {
		var all = new TreeSet<String>();
		for (var file : english()) {
			all.addAll(properties(file).stringPropertyNames());
		}
		return all;
	}

	/** Of two texts with one name the later one is read, and the other said nowhere. */
	@Test
	void noKeyStandsTwice() {
		for (var language : List.of(english(), english().stream().map(MessagesTests::spanish).toList())) {
			var where = new TreeMap<String, String>();
			var twice = new TreeSet<String>();
			var reader = new Properties() {

				private Path file = Path.of("");

				@Override
				public synchronized Object put(Object key, Object value) {
					var before = where.put(key.toString(), this.file.getFileName().toString());
					if (before != null) {
						twice.add(key + " in " + before + " and " + this.file.getFileName());
					}
					return super.put(key, value);
				}

			};
			language.forEach((file) -> {
				reader.file = file;
				load(reader, file);
			});
			assertThat(where).hasSizeGreaterThan(1000);
			assertThat(twice).isEmpty();
		}
	}

	private static Properties properties(Path file) {
		return load(new Properties(), file);
	}

	private static Properties load(Properties properties, Path file) {
		try (Reader reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	private static List<Path> files(Path folder, String end) {
		try (var all = Files.walk(folder)) {
			return all.filter((file) -> file.toString().endsWith(end)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
