package io.tollgate.policy;

import java.util.SortedSet;

import org.springframework.context.MessageSourceResolvable;

/**
 * What became of a wished change to number restrictions or their exemptions. A change
 * happened wholly or not at all.
 */
public sealed interface RestrictionChange {

	/**
	 * It is done and audited, and what it concerns has a higher revision.
	 *
	 * @param added what is restricted now and was not; empty for a change of exemptions
	 * @param removed what was restricted and is not now
	 */
	record Changed(SortedSet<String> added, SortedSet<String> removed) implements RestrictionChange {
	}

	/** Everything was so already: no new revision, no audit event. */
	record Unchanged() implements RestrictionChange {
	}

	/**
	 * It may not be done, and nothing was. The message,
	 * {@code restriction.refused.<Kind>} in the bundle, says why and what to type or do
	 * instead.
	 */
	sealed interface Refused extends RestrictionChange, MessageSourceResolvable {

		@Override
		default String[] getCodes() {
			return new String[] { "restriction.refused." + getClass().getSimpleName() };
		}

		@Override
		default Object[] getArguments() {
			return new Object[0];
		}

	}

	/** The policy, the PBX or the exemption was deleted meanwhile. */
	record Gone() implements Refused {
	}

	/** Not the beginning of a number. */
	record NoNumber(String typed) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.typed };
		}

	}

	/** It would stop every call inside the country itself. */
	record OwnCountry(String entry, String country) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.entry, this.country };
		}

	}

	/** An emergency number of the policy begins with it. */
	record Emergency(String entry, String number) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.entry, this.number };
		}

	}

	/** Every entry of the preset is the home country itself. */
	record PresetIsHome(String country) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.country };
		}

	}

	/** More entries than a PBX looks up without delay. */
	record TooMany(int most) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.most };
		}

	}

	/** A number as it is dialled inside the country. */
	record NationalForm(String typed, String callingCode) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.typed, this.callingCode };
		}

	}

	/** Seven digits, which may be in any area code. */
	record LocalNumber(String typed) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.typed };
		}

	}

	/** A pattern with too many meanings to write each of them down. */
	record TooWide(String typed) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.typed };
		}

	}

	/** A row without a pattern. */
	record Empty() implements Refused {
	}

	/** A row with more columns than there is a meaning for. */
	record TooManyColumns() implements Refused {
	}

	/** An extension that the PBX does not have. */
	record UnknownExtension(String number, String pbx) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.number, this.pbx };
		}

	}

	/** A group that the PBX does not have any more. */
	record UnknownGroup() implements Refused {
	}

	/** An extension and a group. */
	record ExtensionAndGroup() implements Refused {
	}

	/** No extension number. */
	record NoExtension() implements Refused {
	}

	/** Neither an entry that is restricted here nor a preset that is on. */
	record NotRestricted() implements Refused {
	}

	/** The end is over already. */
	record EndIsPast() implements Refused {
	}

}
