package io.tollgate.route;

import java.util.List;

/** What came of reading a file of FreePBX's routes. */
sealed interface ReadRoutes {

	/**
	 * It holds routes.
	 *
	 * @param trunks those that the routes name, in the order of the file
	 * @param routes in their order
	 * @param pinsUnknown whether the file does not tell which routes ask for a set of
	 * PINs
	 */
	record Read(List<FreePbxTrunk> trunks, List<FreePbxRoute> routes, boolean pinsUnknown) implements ReadRoutes {

		public Read {
			trunks = List.copyOf(trunks);
			routes = List.copyOf(routes);
		}

	}

	/**
	 * It cannot be read.
	 *
	 * @param code the words stand under {@code routes.freepbx.refused.<code>}, see
	 * {@link #CODES}
	 * @param arguments in the order of the message's placeholders
	 */
	record Refused(String code, List<String> arguments) implements ReadRoutes {

		/**
		 * {@code nothing}, {@code too-large} (MB), {@code not-gzip}, {@code not-text}
		 * (line), {@code cut-off} (line), {@code not-understood} (line), {@code too-long}
		 * (line, characters), {@code columns} (line, table), {@code no-columns} (line,
		 * table), {@code too-many} (line, table, how many), {@code no-routes},
		 * {@code csv} (why).
		 */
		static final List<String> CODES = List.of("nothing", "too-large", "not-gzip", "not-text", "cut-off",
				"not-understood", "too-long", "columns", "no-columns", "too-many", "no-routes", "csv");

		public Refused {
			arguments = List.copyOf(arguments);
		}

	}

}
