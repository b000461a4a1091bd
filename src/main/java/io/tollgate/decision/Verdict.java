package io.tollgate.decision;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What happens to a call, and why.
 *
 * @param reason the rule that decided
 * @param steps every rule in the order in which the PBX asks them; those after the
 * deciding one are {@link Step.Outcome#NOT_REACHED}
 * @param international whether the number was read as international
 * @param e164 the number without prefix, digits, when it is international
 * @param callingCode the calling code it belongs to, when it is international and the
 * code is known
 * @param legs how it would leave, when it is allowed: tried in this order until a trunk
 * takes it
 */
public record Verdict(Reason reason, List<Step> steps, boolean international, @Nullable String e164,
		@Nullable String callingCode, List<Leg> legs) {

	public Verdict {
		steps = List.copyOf(steps);
		legs = List.copyOf(legs);
	}

	/** What the first trunk is sent; empty when the call is not allowed. */
	public String sent() {
		return this.legs.isEmpty() ? "" : this.legs.getFirst().number();
	}

	/**
	 * One attempt.
	 *
	 * @param trunk by which
	 * @param number what it is sent, access code and all
	 */
	public record Leg(String trunk, String number) {
	}

	public boolean allowed() {
		return this.reason == Reason.EMERGENCY || this.reason == Reason.ROUTED;
	}

	/**
	 * What decided. The blocked ones carry the code that the guard reports from the PBX.
	 */
	public enum Reason {

		/** An emergency number: always passes. */
		EMERGENCY(null),
		/** Allowed, and a route takes it. */
		ROUTED(null),
		/** Characters that no dialled number has, or too many. */
		NUMBER("number"),
		/** Nobody answers for the call. */
		WHO("who"),
		/** The endpoint may not call out. */
		OUTBOUND("outbound"),
		/** The endpoint may not call out while the company is closed. */
		HOURS("hours"),
		/** A number that nobody may dial, as it is dialled or as it would be sent. */
		RESTRICTED("restricted"),
		/** A route ends it. */
		BLOCKED("blocked"),
		/** The endpoint may not call abroad. */
		EXTENSION("extension"),
		/** The country is not allowed, or no country has that code. */
		COUNTRY("country"),
		/** No trunk of its route takes a number that is not dialled in full. */
		SHORT("short"),
		/** Its route asks for a PIN, and no PIN is right. */
		PIN("pin"),
		/** No route takes it. */
		NO_ROUTE("no-route");

		private final @Nullable String guardCode;

		Reason(@Nullable String guardCode) {
			this.guardCode = guardCode;
		}

		/**
		 * The {@code Why} of the guard's {@code TollgateBlock} event, {@code null} for
		 * what passes.
		 */
		public @Nullable String guardCode() {
			return this.guardCode;
		}

	}

	/**
	 * One rule asked.
	 *
	 * @param rule which
	 * @param outcome what it said
	 * @param detail a refinement of the words, for example {@code unknown-code}; empty
	 * for none
	 * @param arguments for the words, in the order of their placeholders
	 */
	public record Step(Rule rule, Outcome outcome, String detail, List<String> arguments) {

		public Step {
			arguments = List.copyOf(arguments);
		}

		public enum Rule {

			EMERGENCY, NUMBER, OUTBOUND, CLASSIFICATION, RESTRICTION, EXTENSION, COUNTRY, ROUTE, SENT, PIN

		}

		public enum Outcome {

			PASS, STOP, NOT_REACHED

		}

	}

}
