package io.tollgate.extension;

import java.util.List;

import org.springframework.context.MessageSourceResolvable;

/**
 * What became of a wished change to a group. It happened wholly or not at all.
 */
public sealed interface GroupChange {

	/**
	 * It is done and audited, and the PBX has a higher revision.
	 *
	 * @param key the group
	 */
	record Changed(String key) implements GroupChange {
	}

	/** Everything was so already: no new revision, no audit event. */
	record Unchanged() implements GroupChange {
	}

	/**
	 * It may not be done, and nothing was. The message, {@code groups.refused.<Kind>} in
	 * the bundle, says why and what to do instead.
	 */
	sealed interface Refused extends GroupChange, MessageSourceResolvable {

		@Override
		default String[] getCodes() {
			return new String[] { "groups.refused." + getClass().getSimpleName() };
		}

		@Override
		default Object[] getArguments() {
			return new Object[0];
		}

	}

	/** The group or its PBX was deleted meanwhile. */
	record Gone() implements Refused {
	}

	/** No name, or one that is too long. */
	record NoName() implements Refused {
	}

	/** Another group of the PBX has that name. */
	record NameTaken(String name) implements Refused {

		@Override
		public Object[] getArguments() {
			return new Object[] { this.name };
		}

	}

	/**
	 * The PBX has no such extensions.
	 *
	 * @param numbers numbers, and ranges in which there is none
	 */
	record UnknownNumbers(List<String> numbers, String pbx) implements Refused {

		/** More of them in one message help nobody. */
		private static final int NAMED = 8;

		public UnknownNumbers {
			numbers = List.copyOf(numbers);
		}

		@Override
		public Object[] getArguments() {
			int more = Math.max(0, this.numbers.size() - NAMED);
			return new Object[] { this.numbers.size(),
					String.join(", ", this.numbers.subList(0, this.numbers.size() - more)), more, this.pbx };
		}

	}

	/**
	 * Somebody else changed it since the page was filled.
	 *
	 * @param now what it is now
	 */
	record ChangedMeanwhile(ExtensionGroup now) implements Refused {

		/** The page has the members one by one beside. */
		private static final int SHORT = 120;

		@Override
		public Object[] getArguments() {
			return new Object[] { this.now.name(), this.now.members().size(),
					Members.inShort(this.now.members(), SHORT) };
		}

	}

	/** Routes or exemptions name it. */
	record InUse(String name, List<String> routes, int exemptions) implements Refused {

		public InUse {
			routes = List.copyOf(routes);
		}

		@Override
		public Object[] getArguments() {
			return new Object[] { this.name, this.routes.size(), String.join(", ", this.routes), this.exemptions };
		}

	}

}
