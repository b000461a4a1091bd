package io.tollgate.extension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A condition on the rows of extensions, which are called {@code e}, as both databases
 * read it.
 *
 * @param sql with a question mark for each value
 * @param values in that order
 */
record Where(String sql, List<@Nullable Object> values) {

	/** {@link CallRestrictions#code()} of a row. */
	private static final String CODE = """
			(case when e.disallow_international then 1 else 0 end + case when e.disallow_outbound then 2 else 0 end
			+ case when e.disallow_outside_business_hours then 4 else 0 end
			+ 8 * coalesce(e.max_duration_seconds, 0))""";

	static final Where ALL = new Where("true", List.of());

	static final Where PRESENT = new Where("e.present", List.of());

	static final Where GONE = new Where("not e.present", List.of());

	/** May call abroad, whatever the policy. */
	static final Where ABROAD = new Where("e.present and not e.disallow_international and not e.disallow_outbound",
			List.of());

	/** May not call abroad, where the policy sees to it. */
	static final Where INLAND = new Where("e.present and e.disallow_international and not e.disallow_outbound",
			List.of());

	/** The PBX runs other restrictions, as far as is known. */
	static final Where UNAPPLIED = new Where("e.present and e.applied <> " + CODE, List.of());

	static Where of(String sql, @Nullable Object... values) {
		return new Where(sql, Arrays.asList(values));
	}

	/** Numbers stand in the text: thousands of them are no parameters. */
	static Where in(String column, Collection<Long> ids) {
		return of(ids.isEmpty() ? "false" : column + " in "
				+ ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", "(", ")")));
	}

	static Where on(Collection<Long> pbxIds) {
		return in("e.pbx_id", pbxIds);
	}

	Where and(Where other) {
		return joined(" and ", other);
	}

	Where or(Where other) {
		return joined(" or ", other);
	}

	Where not() {
		return new Where("not (" + this.sql + ")", this.values);
	}

	private Where joined(String word, Where other) {
		var both = new ArrayList<@Nullable Object>(this.values);
		both.addAll(other.values);
		return new Where("(" + this.sql + ")" + word + "(" + other.sql + ")", both);
	}

	/** The values of the condition, and after them those of the rest of the statement. */
	@Nullable Object[] before(@Nullable Object... last) {
		var all = new ArrayList<@Nullable Object>(this.values);
		all.addAll(Arrays.asList(last));
		return all.toArray();
	}

	/** In front of the values of the condition those of the statement around it. */
	@Nullable Object[] after(@Nullable Object... first) {
		var all = new ArrayList<@Nullable Object>(Arrays.asList(first));
		all.addAll(this.values);
		return all.toArray();
	}

}
