package io.tollgate.numbering;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What a real Asterisk 22.10.1 answered, against what {@link DialPattern} says. */
class DialPatternConformanceTests {

	/** Asterisk visits no more contexts than that for one number. */
	private static final int VISITED_CONTEXTS = 512;

	private final Recording recording = read();

	@Test
	void findsTheExtensionThatAsteriskFound() {
		List<String> disagreements = new ArrayList<>();
		for (Check check : this.recording.checks()) {
			Optional<Winner> found = find(check.context(), check.dialled(), check.callerId(), new HashSet<>());
			if (!found.equals(expected(check))) {
				disagreements.add(check + ", found " + found);
			}
		}
		assertThat(this.recording.checks()).hasSize(107);
		assertThat(disagreements).isEmpty();
	}

	@Test
	void listsMatchingPatternsInAsterisksOrder() {
		List<String> disagreements = new ArrayList<>();
		for (Lookup lookup : this.recording.lookups()) {
			List<String> extensions = this.recording.lookupContexts().get(lookup.context());
			List<String> found = inOrder(extensions).stream()
				.filter((extension) -> extension.pattern().matches(lookup.dialled()))
				.map(Extension::exten)
				.toList();
			if (!found.equals(lookup.matches())) {
				disagreements.add(lookup + " of " + extensions + ", found " + found);
			}
		}
		assertThat(this.recording.lookups()).hasSize(2250);
		assertThat(disagreements).isEmpty();
	}

	/**
	 * The recording names the extension "100 " by the word its dialplan answered with.
	 */
	private static Optional<Winner> expected(Check check) {
		return Optional.ofNullable(check.winner())
			.map((winner) -> winner.exten().equals("sp") ? new Winner(winner.context(), "100 ") : winner);
	}

	/**
	 * The context itself, then its includes in order, depth first; the first match wins.
	 */
	private Optional<Winner> find(String name, String dialled, @Nullable String callerId, Set<String> visited) {
		Context context = this.recording.contexts().get(name);
		if (context == null || visited.size() >= VISITED_CONTEXTS || !visited.add(name)) {
			return Optional.empty();
		}
		List<String> extensions = context.extensions().stream().map(Exten::exten).toList();
		for (Extension extension : inOrder(extensions)) {
			if (extension.pattern().matches(dialled) && extension.accepts(callerId)) {
				return Optional.of(new Winner(name, extension.exten()));
			}
		}
		return context.includes()
			.stream()
			.map((include) -> find(include, dialled, callerId, visited))
			.flatMap(Optional::stream)
			.findFirst();
	}

	/** The second of two equal extensions is refused when the dialplan is loaded. */
	private static List<Extension> inOrder(List<String> extensions) {
		List<Extension> kept = new ArrayList<>();
		for (String exten : extensions) {
			Extension extension = Extension.of(exten);
			if (kept.stream().noneMatch((other) -> Extension.ORDER.compare(other, extension) == 0)) {
				kept.add(extension);
			}
		}
		kept.sort(Extension.ORDER);
		return kept;
	}

	private static Recording read() {
		try (InputStream in = DialPatternConformanceTests.class
			.getResourceAsStream("/numbering/asterisk-22-dial-patterns.json")) {
			return JsonMapper.builder().build().readValue(in, Recording.class);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** An extension may ask for a caller too: {@code _2XX/1234}. */
	private record Extension(String exten, DialPattern pattern, @Nullable String caller) {

		static final Comparator<Extension> ORDER = Comparator.comparing(Extension::pattern, DialPattern.ORDER)
			.thenComparing((extension) -> extension.caller() == null)
			.thenComparing((extension) -> Optional.ofNullable(extension.caller())
				.map(DialPattern::ofExtension)
				.orElse(DialPattern.ofExtension("")), DialPattern.ORDER);

		static Extension of(String exten) {
			String[] parts = exten.split("/", 2);
			return new Extension(exten, DialPattern.ofExtension(parts[0]), (parts.length > 1) ? parts[1] : null);
		}

		boolean accepts(@Nullable String callerId) {
			return this.caller == null
					|| DialPattern.ofExtension(this.caller).matches((callerId != null) ? callerId : "");
		}

	}

	record Recording(String about, Map<String, Context> contexts, List<Check> checks,
			Map<String, List<String>> lookupContexts, List<Lookup> lookups) {

	}

	record Context(List<Exten> extensions, List<String> includes) {

	}

	record Exten(String exten, int priority) {

	}

	record Check(String id, String claim, String context, String dialled, @Nullable String callerId,
			@Nullable Winner winner) {

	}

	record Winner(String context, String exten) {

	}

	record Lookup(String context, String dialled, List<String> matches) {

	}

}
