package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.tollgate.route.TrunkAnswer.Refusal;

/**
 * What a trunk may be. All of it goes into a dialplan file, so this is also the gate that
 * keeps everything else out of it.
 */
final class TrunkCheck {

	static final int LONGEST_DIAL = 80;

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,39}");

	/**
	 * Technologies that lead to a carrier. {@code Local} does not: it has the PBX follow
	 * its own dialplan, where nothing is judged.
	 */
	private static final Set<String> TECHNOLOGIES = Set.of("PJSIP", "SIP", "IAX2", "DAHDI");

	private static final String LOCAL = "Local";

	private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9_.:@/+-]*");

	/**
	 * The number by itself, at most after a wait: digits or + beside it would make
	 * another number of what was judged.
	 */
	private static final Pattern PLACE = Pattern.compile("[^$]*[/:]w*\\$OUTNUM\\$([@/:][^$]*)?");

	/** {@code user:secret@host}: dial strings are shown, told to the trail and kept. */
	private static final Pattern CREDENTIALS = Pattern.compile(".*:[^@/$]+@.*");

	private static final Pattern ACCESS_CODE = Pattern.compile("(?!00|011)[0-9*]{0,10}");

	private TrunkCheck() {
	}

	static boolean usable(String name) {
		return NAME.matcher(name).matches();
	}

	static Trunk clean(Trunk trunk) {
		return new Trunk(trunk.dial().strip(), trunk.reading(), trunk.accessCode().replaceAll("\\s", ""));
	}

	/** What stands against a new name; names are told apart without regard to case. */
	static Optional<Refusal> name(String name, Set<String> taken, Set<String> extensions) {
		if (!usable(name)) {
			return Optional.of(new Refusal("name", "name", name));
		}
		if (taken.stream().anyMatch(name::equalsIgnoreCase)) {
			return Optional.of(new Refusal("name", "name-taken", name));
		}
		return extensions.contains(name) ? Optional.of(new Refusal("name", "extension", name)) : Optional.empty();
	}

	static List<Refusal> refusals(Trunk trunk) {
		var refusals = new ArrayList<Refusal>();
		if (!trunk.isEndpoint()) {
			dial(trunk.dial()).ifPresent(refusals::add);
		}
		if (!ACCESS_CODE.matcher(trunk.accessCode()).matches()) {
			refusals.add(new Refusal("accessCode", "access-code", trunk.accessCode()));
		}
		return refusals;
	}

	private static Optional<Refusal> dial(String dial) {
		var technology = dial.contains("/") ? dial.substring(0, dial.indexOf('/')) : dial;
		if (technology.toLowerCase(Locale.ROOT).equals(LOCAL.toLowerCase(Locale.ROOT))) {
			return refused("local", technology);
		}
		if (!dial.contains("/") || !TECHNOLOGIES.contains(technology)) {
			return refused("technology", technology);
		}
		if (!dial.contains(Trunk.NUMBER) || dial.indexOf(Trunk.NUMBER) != dial.lastIndexOf(Trunk.NUMBER)) {
			return refused("number", Trunk.NUMBER);
		}
		if (!CHARACTERS.matcher(dial.replace(Trunk.NUMBER, "")).matches()) {
			return refused("characters", dial);
		}
		if (CREDENTIALS.matcher(dial).matches()) {
			return refused("credentials", dial.substring(0, dial.indexOf(':')));
		}
		if (!PLACE.matcher(dial).matches()) {
			return refused("digits", Trunk.NUMBER);
		}
		return (dial.length() > LONGEST_DIAL) ? refused("too-long", String.valueOf(LONGEST_DIAL)) : Optional.empty();
	}

	private static Optional<Refusal> refused(String code, String what) {
		return Optional.of(new Refusal("dial", code, what));
	}

}
