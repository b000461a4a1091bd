package io.tollgate.route;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import io.tollgate.pbx.Pbx;
import org.jspecify.annotations.Nullable;

/**
 * The editor of a route.
 *
 * @param id the route, {@code null} for a new one
 * @param title what the route is called now, empty for a new one
 * @param place where it stands
 * @param form as it was typed
 * @param causes by which a call may end, and what they mean
 * @param announcements names by key, with what stands for none
 * @param trunks one list for each place of the sequence
 * @param groups of extensions, those of the PBX
 * @param pins names of PIN lists by key
 * @param password whether the route has a password
 * @param days of the week
 * @param zones the choice, by part of the world
 * @param presets names by code, by what they are for
 * @param errors what is wrong, by field
 * @param feedback what there is to say about its patterns
 * @param editable whether the reader may change it
 */
record RouteEditPage(Pbx pbx, @Nullable Long id, String title, Place place, RouteForm form, Map<String, String> causes,
		Map<String, String> announcements, List<TrunkChoice> trunks, List<GroupChoice> groups, Map<String, String> pins,
		boolean password, List<Day> days, SortedMap<String, List<String>> zones,
		Map<String, Map<String, String>> presets, Map<String, String> errors, RouteFeedback feedback,
		boolean editable) {

	public List<RouteForm.Ask> asks() {
		return List.of(RouteForm.Ask.values());
	}

	public List<RouteType> types() {
		return List.of(RouteType.values());
	}

	/**
	 * Where a route stands among the others.
	 *
	 * @param number from 1
	 * @param total how many routes there are, with it
	 * @param around the one before, itself and the one after
	 */
	record Place(int number, int total, List<Neighbour> around) {
	}

	/** A route that stands near. */
	record Neighbour(int number, String name, boolean self, boolean blocks, boolean off) {
	}

	/**
	 * One place of the trunk sequence.
	 *
	 * @param number from 1
	 * @param options name of a trunk, and what is shown for it
	 */
	record TrunkChoice(int number, String chosen, Map<String, String> options) {
	}

	/**
	 * A group of extensions.
	 *
	 * @param members how many it has
	 * @param chosen whether it may use the route
	 */
	record GroupChoice(String key, String name, int members, boolean chosen) {
	}

	/** A day of the week. */
	record Day(String value, String name, boolean open) {
	}

}
