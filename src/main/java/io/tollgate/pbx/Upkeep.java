package io.tollgate.pbx;

import org.jspecify.annotations.Nullable;

/**
 * How people sort a PBX, and when it may be worked on.
 *
 * @param group name of its group, empty for none
 * @param window when it may be worked on, {@code null} for always
 */
public record Upkeep(String group, @Nullable MaintenanceWindow window) {

	public static final Upkeep NONE = new Upkeep("", null);

}
