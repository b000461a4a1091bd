package io.tollgate.connector;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a PBX has besides what the portal brought there, as far as calls can pass the
 * guard by it or nobody can say that they cannot.
 *
 * @param entries one for each thing that somebody should look at, the worst kind first;
 * empty on a PBX where all calls are judged
 */
public record Inspection(List<Entry> entries) {

	public Inspection {
		entries = entries.stream().sorted(Comparator.comparing(Entry::kind)).toList();
	}

	/** Whether nothing here speaks against claiming that no call passes the guard. */
	public boolean allowsProof() {
		return this.entries.stream().noneMatch((entry) -> entry.kind().stopsProof());
	}

	/**
	 * One thing. Names and texts are the PBX's own: of bounded length, without control
	 * characters, and hostile until they are escaped.
	 *
	 * @param kind what is wrong
	 * @param endpoints the PJSIP endpoints that it is about, sorted; empty when it is
	 * about the whole PBX
	 * @param context the dialplan context that it is about, empty for none
	 * @param way how a call gets there: names of contexts, and of the extension in the
	 * last one, {@code from-internal}, {@code outbound-allroutes}, {@code _9.}; empty
	 * when there is no way to show
	 * @param target where it leads: a trunk ({@code trunk}, {@code DAHDI/g1}), the
	 * application that cannot be followed, or what could not be read
	 */
	public record Entry(Kind kind, List<String> endpoints, String context, List<String> way, String target) {

		/** Of a context, an extension or an endpoint. */
		private static final int LONGEST_NAME = 80;

		private static final int LONGEST_TARGET = 200;

		/** More names than this make no sentence. */
		private static final int NAMED = 5;

		public Entry {
			endpoints = endpoints.stream().map((name) -> shown(name, LONGEST_NAME)).sorted().toList();
			context = shown(context, LONGEST_NAME);
			way = way.stream().map((step) -> shown(step, LONGEST_NAME)).toList();
			target = shown(target, LONGEST_TARGET);
		}

		/** What a PBX says is as long as it likes, and may hold anything. */
		private static String shown(String text, int longest) {
			var plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
			return (plain.length() > longest) ? plain.substring(0, longest) + "…" : plain;
		}

		/**
		 * What is wrong and what to do: {@code problem.inspection-<kind>} with endpoints,
		 * context, way and target.
		 */
		public Problem problem() {
			boolean driver = this.kind == Kind.UNREADABLE && !this.way.isEmpty();
			return Problem.of("inspection-" + (driver ? "other-driver" : this.kind.code()), named(), this.context,
					String.join(" > ", this.way), this.target);
		}

		private String named() {
			var names = this.endpoints.stream().limit(NAMED).collect(Collectors.joining(", "));
			return (this.endpoints.size() > NAMED) ? names + ", … (" + this.endpoints.size() + ")" : names;
		}

	}

	/** The kinds of entries, the worst first. */
	public enum Kind {

		/** Endpoints in a context that dials a trunk and never asks the guard. */
		OPEN_CONTEXT,
		/** Their context asks the guard, and dials a trunk by itself as well. */
		BESIDE_GUARD,
		/**
		 * What is dialled is the name of what is called: {@code 1@trunk} is a number too.
		 */
		ANY_DEVICE,
		/** Calls that come in by a trunk can go out by one again without the guard. */
		OPEN_TRUNK,
		/** A context that the portal owns holds something that is not the portal's. */
		CHANGED,
		/** An endpoint whose redirection (302) is dialled past the dialplan. */
		REDIRECT,
		/** Patterns are matched by other rules than those that routes are judged by. */
		OTHER_MATCHER,
		/** A way that cannot be followed to its end. */
		UNKNOWN_WAY,
		/**
		 * Something that is needed to tell could not be read; with a way, who it is that
		 * may come into its context.
		 */
		UNREADABLE,
		/** Endpoints that cannot dial out at all, not even an emergency number. */
		APART;

		/** {@code open-context}. */
		public String code() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

		/**
		 * Whether nobody can claim that all calls are judged while such an entry is
		 * there.
		 */
		public boolean stopsProof() {
			return this != APART;
		}

	}

}
