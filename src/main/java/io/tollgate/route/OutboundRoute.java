package io.tollgate.route;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * A way out of a PBX, or its end. The first enabled route that is open, that the caller
 * may use and that has a rule for the number takes the call; later ones are not asked.
 *
 * @param name unique on its PBX, 1-63 characters
 * @param type what it is for
 * @param enabled whether it takes part
 * @param rules what it takes; a rule with a caller ID comes before those without, else
 * the most specific pattern decides, not the order
 * @param trunks PJSIP endpoints, tried in this order until one takes the call
 * @param block set when the route ends the call instead; then it has no trunks
 * @param users extensions that may use it, and groups of them as {@code group:} and key;
 * empty for all
 * @param time when it is there, {@code null} for always
 * @param callerId the number that is shown to the called, empty for the caller's own
 * @param pins key of the PIN list that it asks for, empty for none; neither an emergency
 * route nor one that blocks asks. {@link #PASSWORD} on the way to be saved
 */
public record OutboundRoute(String name, RouteType type, boolean enabled, List<DialRule> rules, List<String> trunks,
		@Nullable Block block, SortedSet<String> users, @Nullable RouteTime time, String callerId, String pins) {

	/**
	 * Says that it asks for a password of its own, whose key is known when it is saved.
	 */
	public static final String PASSWORD = ":password";

	public OutboundRoute {
		rules = List.copyOf(rules);
		trunks = List.copyOf(trunks);
		users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
	}

	/** A route for everybody at any time that sends what is dialled. */
	public static OutboundRoute through(String name, List<String> trunks, List<String> patterns) {
		return new OutboundRoute(name, RouteType.NORMAL, true, patterns.stream().map(DialRule::of).toList(), trunks,
				null, new TreeSet<>(), null, "", "");
	}

	/** A route that ends what it takes. */
	public static OutboundRoute blocking(String name, Block block, List<String> patterns) {
		return new OutboundRoute(name, RouteType.NORMAL, true, patterns.stream().map(DialRule::of).toList(), List.of(),
				block, new TreeSet<>(), null, "", "");
	}

	/** The same, there or not. */
	public OutboundRoute withEnabled(boolean there) {
		return new OutboundRoute(this.name, this.type, there, this.rules, this.trunks, this.block, this.users,
				this.time, this.callerId, this.pins);
	}

	/** The same with other rules. */
	public OutboundRoute withRules(List<DialRule> others) {
		return new OutboundRoute(this.name, this.type, this.enabled, others, this.trunks, this.block, this.users,
				this.time, this.callerId, this.pins);
	}

	/** The same that asks for a PIN of that list. */
	public OutboundRoute withPins(String list) {
		return new OutboundRoute(this.name, this.type, this.enabled, this.rules, this.trunks, this.block, this.users,
				this.time, this.callerId, list);
	}

	public boolean emergency() {
		return this.type == RouteType.EMERGENCY;
	}

	public boolean blocks() {
		return this.block != null;
	}

}
