package io.tollgate.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.tollgate.lab.RealAsterisk.Version;
import io.tollgate.numbering.DialPattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random dial patterns, asked of {@link DialPattern} and of a running Asterisk: which of
 * them match a number, and which comes first.
 */
@ExtendWith(AsteriskLog.class)
class DialPatternDifferentialIT {

	private static final int CONTEXTS = 5_000;

	private static final int LOOK_UPS = 2;

	/**
	 * So many numbers are also called, to see that the first in the list takes the call.
	 */
	private static final int CALLS = 200;

	/** Few digits, so that numbers often match several patterns. */
	private static final String[] PIECES = { "0", "1", "2", "9", "X", "Z", "N", "[01]", "[1-3]", "[29]", "[0-9]",
			"[13*#]", "[2-9]", "*", "#" };

	private static final String CHARACTERS = "0001112229993857*#";

	@ParameterizedTest
	@EnumSource
	void agreesWithTheRunningAsterisk(Version version) throws IOException {
		long seed = Long.getLong("tollgate.seed", System.nanoTime());
		System.out.println("dial patterns on Asterisk " + version.number() + ", -Dtollgate.seed=" + seed);
		var random = new Random(seed);
		var contexts = IntStream.range(0, CONTEXTS).mapToObj((n) -> RandomContext.of(n, random)).toList();
		try (var pbx = RealAsterisk.start(version, LabSpec.of(1))) {
			load(pbx, contexts);
			var disagreements = new ArrayList<String>();
			var calls = new ArrayList<Call>();
			int matches = 0;
			try (var ami = pbx.ami()) {
				for (var context : contexts) {
					for (int i = 0; i < LOOK_UPS; i++) {
						var dialled = context.number(random);
						var expected = context.matching(dialled);
						var found = matching(ami, context, dialled);
						if (!found.equals(expected)) {
							disagreements.add(context + " " + dialled + ": Asterisk " + found + ", we " + expected);
						}
						if (!expected.isEmpty()) {
							matches++;
							calls.add(new Call(context, dialled));
						}
					}
				}
				call(ami, calls.subList(0, CALLS), disagreements);
			}
			System.out
				.println("%,d look-ups, %,d of them matched, %d calls".formatted(CONTEXTS * LOOK_UPS, matches, CALLS));
			assertThat(disagreements).as("seed " + seed).isEmpty();
			assertThat(matches).isGreaterThan(CONTEXTS * LOOK_UPS / 2);
		}
	}

	private static void load(RealAsterisk pbx, List<RandomContext> contexts) throws IOException {
		var text = new StringBuilder();
		contexts.forEach((context) -> context.write(text));
		var main = Files.readString(pbx.etc().resolve("extensions.conf"));
		pbx.install(
				Map.of("patterns.conf", text.toString(), "extensions.conf", main + "\n#include \"patterns.conf\"\n"));
	}

	/** The patterns that Asterisk lists for a number, in its order. */
	private static List<String> matching(LabAmi ami, RandomContext context, String dialled) {
		var found = new ArrayList<String>();
		var response = ami.action("ShowDialPlan", "Context", context.name(), "Extension", dialled);
		if (response.has("Response", "Error")) {
			assertThat(response.value("Message")).contains("Did not find extension");
			return found;
		}
		while (true) {
			var event = ami.await(
					(message) -> message.has("Event", "ListDialplan") || message.has("Event", "ShowDialPlanComplete"),
					Duration.ofSeconds(10));
			if (event.has("Event", "ShowDialPlanComplete")) {
				return found;
			}
			found.add(event.value("Extension").substring(1));
		}
	}

	/**
	 * The pattern that a call ends up with. When it ends, an open one may also take
	 * Asterisk's own extension h.
	 */
	private static void call(LabAmi ami, List<Call> calls, List<String> disagreements) {
		for (var call : calls) {
			ami.action("Originate", "Channel", "Local/" + call.dialled() + "@" + call.context().name() + "/n",
					"Application", "NoOp", "Async", "true");
			var winner = ami.await(
					(message) -> message.has("UserEvent", "Taken") && message.has("Dialled", call.dialled()),
					Duration.ofSeconds(10));
			var expected = call.context().name() + " " + call.context().matching(call.dialled()).getFirst();
			if (!winner.has("Pattern", expected)) {
				disagreements.add(call + ": the call went to " + winner.value("Pattern") + ", not to " + expected);
			}
		}
	}

	private record Call(RandomContext context, String dialled) {

	}

	/**
	 * A context with some patterns, none of them equal to another in Asterisk's eyes.
	 *
	 * @param patterns in no order: Asterisk sorts them itself
	 */
	private record RandomContext(String name, List<DialPattern> patterns) {

		static RandomContext of(int number, Random random) {
			var patterns = new ArrayList<DialPattern>();
			int wanted = 1 + random.nextInt(8);
			while (patterns.size() < wanted) {
				var pattern = pattern(random);
				if (patterns.stream().noneMatch((other) -> DialPattern.ORDER.compare(other, pattern) == 0)) {
					patterns.add(pattern);
				}
			}
			return new RandomContext("patterns-" + number, patterns);
		}

		private static DialPattern pattern(Random random) {
			var text = new StringBuilder((random.nextInt(8) == 0) ? "+" : "");
			int length = random.nextInt(6);
			for (int i = 0; i < length; i++) {
				text.append(PIECES[random.nextInt(PIECES.length)]);
			}
			int end = random.nextInt(6);
			text.append((end == 0) ? "." : (end == 1) ? "!" : text.isEmpty() ? "X" : "");
			return ((DialPattern.Ok) DialPattern.parse(text.toString())).pattern();
		}

		/** Each says who it is when a call comes to it. */
		void write(StringBuilder file) {
			file.append("[%s]\n".formatted(this.name));
			this.patterns
				.forEach((pattern) -> file.append("exten => %s,1,UserEvent(Taken,Dialled: ${EXTEN},Pattern: %s %s)\n"
					.formatted(pattern, this.name, pattern.text())));
		}

		/** Mostly one that one of the patterns nearly matches. */
		String number(Random random) {
			var number = new StringBuilder();
			if (random.nextInt(4) > 0) {
				var numbers = this.patterns.get(random.nextInt(this.patterns.size())).numbers();
				for (int i = 0; i < numbers.shortest(); i++) {
					var possible = numbers.characters(i);
					number.append(possible.charAt(random.nextInt(possible.length())));
				}
			}
			int more = (number.isEmpty() ? 1 : 0) + (random.nextBoolean() ? random.nextInt(3) : 0);
			for (int i = 0; i < more; i++) {
				number.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
			}
			return number.toString();
		}

		List<String> matching(String dialled) {
			return this.patterns.stream()
				.filter((pattern) -> pattern.matches(dialled))
				.sorted(DialPattern.ORDER)
				.map(DialPattern::text)
				.toList();
		}

	}

}
