package io.tollgate.apply;

import java.util.List;

import io.tollgate.connector.DesiredConfig;

/** What became of a snapshot. */
sealed interface Compiled {

	/**
	 * It can go to a PBX.
	 *
	 * @param warnings what is probably not meant, message codes under
	 * {@code apply.warning.}
	 */
	record Ready(DesiredConfig config, List<String> warnings) implements Compiled {
	}

	/**
	 * It must not go to a PBX.
	 *
	 * @param problems message codes under {@code apply.rejected.}
	 */
	record Rejected(List<String> problems) implements Compiled {
	}

}
