package io.tollgate.extension;

import java.util.List;
import java.util.Map;

import io.tollgate.pbx.Pbx;
import org.jspecify.annotations.Nullable;

/**
 * The editor of a group.
 *
 * @param pbx whose group, for a new one the one that is chosen
 * @param pbxs the choice for a new one
 * @param key the group, {@code null} for a new one
 * @param title what it is called now, empty for a new one
 * @param name as typed
 * @param typed the members as typed
 * @param members the first of those that it has
 * @param more how many others there are
 * @param usage what names it
 * @param errors what is wrong, by field
 * @param seen what the form was filled from
 * @param conflict what somebody else saved meanwhile, {@code null} for nothing
 * @param editable whether the reader may change it
 */
record GroupPage(Pbx pbx, List<Pbx> pbxs, @Nullable String key, String title, String name, String typed,
		List<Member> members, int more, GroupUsage usage, Map<String, String> errors, String seen,
		@Nullable String conflict, boolean editable) {

	/**
	 * What a form held when it was sent, and what is wrong with it.
	 *
	 * @param members as typed
	 * @param seen what the form was filled from
	 * @param errors by field
	 * @param conflict what somebody else saved meanwhile, {@code null} for nothing
	 */
	record Typed(String name, String members, String seen, Map<String, String> errors, @Nullable String conflict) {
	}

	/**
	 * A member.
	 *
	 * @param name who it belongs to, may be empty
	 * @param gone whether its PBX does not have it any more
	 */
	record Member(String number, String name, boolean gone) {
	}

	/**
	 * A group in the list.
	 *
	 * @param count how many members it has
	 * @param members them in short
	 */
	record Row(String key, String name, Pbx pbx, int count, String members, GroupUsage usage) {
	}

}
