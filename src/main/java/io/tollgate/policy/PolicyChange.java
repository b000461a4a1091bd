package io.tollgate.policy;

import java.util.List;
import java.util.SortedSet;

import org.springframework.context.MessageSourceResolvable;

/**
 * What became of a wished change to a policy. A change happened wholly or not at all.
 */
public sealed interface PolicyChange {

	/**
	 * It is done and audited, and the revision is one higher.
	 *
	 * @param before the rules before; for a policy that was created, what it started from
	 * @param rules the rules now; for a policy that was deleted, its last ones
	 */
	record Changed(PolicyRules before, PolicyRules rules) implements PolicyChange {
	}

	/**
	 * Everything was so already: no new revision, no audit event.
	 *
	 * @param rules the rules as they are
	 */
	record Unchanged(PolicyRules rules) implements PolicyChange {
	}

	/**
	 * It may not be done, and nothing was. The message, {@code policy.refused.<Kind>} in
	 * the bundle, says why and what to type or do instead.
	 */
	sealed interface Refused extends PolicyChange, MessageSourceResolvable {

		@Override
		default String[] getCodes() {
			return new String[] { "policy.refused." + getClass().getSimpleName() };
		}

		@Override
		default Object[] getArguments() {
			return new Object[0];
		}

	}

	/** The policy was deleted meanwhile. */
	record Gone() implements Refused {
	}

	/** Another policy has that name. */
	record NameTaken(String name) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.name };
		}

	}

	/** Empty, longer than 63 characters, or with control characters. */
	record NameInvalid() implements Refused {
	}

	/** Not an ISO 3166 code of a country whose numbering plan is known. */
	record CountryUnknown() implements Refused {
	}

	/** Not 1-6 digits. */
	record DialingCodeInvalid() implements Refused {
	}

	/** Neither a plus sign nor 1-6 digits. */
	record PrefixInvalid(String prefix) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.prefix };
		}

	}

	/** Codes that the list of calling codes does not have. */
	record CodesUnknown(SortedSet<String> codes) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { String.join(", ", this.codes) };
		}

	}

	/** A policy without emergency numbers. */
	record EmergencyMissing() implements Refused {
	}

	/** Not 2-6 digits. */
	record EmergencyInvalid(String number) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.number };
		}

	}

	/**
	 * Everything that begins with the dialing code goes abroad, so it would not be one.
	 */
	record EmergencyStartsWithDialingCode(String number, String dialingCode) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.number, this.dialingCode };
		}

	}

	/** All of that country is among the number restrictions. */
	record HomeIsRestricted(String entry) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.entry };
		}

	}

	/** PBXs are still served by it. */
	record InUse(List<String> pbxs) implements Refused {

		public InUse {
			pbxs = List.copyOf(pbxs);
		}

		@Override
		public Object[] getArguments() {
			return new Object[] { this.pbxs.size(), String.join(", ", this.pbxs) };
		}

	}

	/** There has to be one for the next PBX. */
	record LastPolicy() implements Refused {
	}

	/**
	 * Somebody else changed the same setting since the form was opened.
	 *
	 * @param now what it is now
	 */
	record ChangedMeanwhile(String now) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.now };
		}

	}

}
