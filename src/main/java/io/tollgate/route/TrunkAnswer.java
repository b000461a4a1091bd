package io.tollgate.route;

import java.util.List;

import org.springframework.context.MessageSourceResolvable;

/** What became of a wished change to a trunk. It happened wholly or not at all. */
public sealed interface TrunkAnswer {

	/** It is done and audited. */
	record Changed() implements TrunkAnswer {
	}

	/** Everything was so already: no audit event. */
	record Unchanged() implements TrunkAnswer {
	}

	/** It was removed meanwhile. */
	record Gone() implements TrunkAnswer {
	}

	/** The PBX has it, so it cannot be removed here. */
	record Found() implements TrunkAnswer {
	}

	/**
	 * It may not be removed.
	 *
	 * @param routes names of those that use it
	 */
	record InUse(List<String> routes) implements TrunkAnswer {

		public InUse {
			routes = List.copyOf(routes);
		}

	}

	/** It may not be so. */
	record Refused(List<Refusal> refusals) implements TrunkAnswer {

		public Refused {
			refusals = List.copyOf(refusals);
		}

	}

	/**
	 * What stands against it.
	 *
	 * @param field of the form that has to be changed
	 * @param code the words stand in {@code messages/route} under
	 * {@code trunks.refused.<code>}
	 * @param what it is about
	 */
	record Refusal(String field, String code, String what) implements MessageSourceResolvable {

		@Override
		public String[] getCodes() {
			return new String[] { "trunks.refused." + this.code };
		}

		@Override
		public Object[] getArguments() {
			return new Object[] { this.what };
		}

	}

}
