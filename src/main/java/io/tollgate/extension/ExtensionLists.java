package io.tollgate.extension;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tollgate.extension.ExtensionFilter.Show;
import io.tollgate.extension.ExtensionFilter.Sort;
import io.tollgate.listing.SearchText;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyRules;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The extensions with what the pages show of them. The database finds, counts and sorts;
 * only the rows of one page are read.
 */
@Component
@Transactional(readOnly = true)
class ExtensionLists {

	/** Names of groups to choose from. */
	private static final int GROUPS = 200;

	private static final String COLUMNS = """
			e.id, e.pbx_id, e.number, e.name, e.present, e.disallow_international, e.disallow_outbound,
			e.disallow_outside_business_hours, e.max_duration_seconds,
			case when %s then true else false end as unapplied""".formatted(Where.UNAPPLIED.sql());

	private static final Selection EVERY = new Selection(true, null, null, null);

	private final JdbcOperations jdbc;

	private final Extensions extensions;

	private final PbxRegistry registry;

	private final Policies policies;

	ExtensionLists(JdbcOperations jdbc, Extensions extensions, PbxRegistry registry, Policies policies) {
		this.jdbc = jdbc;
		this.extensions = extensions;
		this.registry = registry;
		this.policies = policies;
	}

	ExtensionPage page(ExtensionFilter asked) {
		var fleet = fleet();
		var seen = this.extensions.seen();
		var found = seen.and(asked.found(fleet.pbxs().values(), members(asked)));
		var counts = asked.ofWholePbxs() ? counts(asked.pbx(), seen) : counts(found);
		int total = counts.getOrDefault(asked.show(), 0);
		int last = Math.max(0, Math.ceilDiv(total, ExtensionFilter.PAGE_SIZE) - 1);
		var filter = asked.at(Math.min(asked.page(), last));
		var rows = rows(filter, found.and(filter.show().where()), total, fleet);
		boolean any = total > 0
				|| any("select pbx_id from extension_count e where there + gone > 0 and " + seen.sql() + " limit 1");
		var open = fleet.pbxs().values().stream().filter((pbx) -> !fleet.guards(pbx)).map(Pbx::id).toList();
		boolean unguarded = any(
				"select pbx_id from extension_count e where inland > 0 and " + Where.on(open).sql() + " limit 1");
		return ExtensionPage.of(filter, rows, counts, any, unguarded);
	}

	/** The PBXs to choose from, by name. */
	List<Pbx> pbxs() {
		return this.registry.all();
	}

	/**
	 * The names of groups to choose from.
	 * @param chosen one that must be there
	 */
	List<String> groups(String chosen) {
		var names = new ArrayList<>(this.jdbc.queryForList("select distinct name from extension_group e where "
				+ this.extensions.seen().sql() + " order by name limit " + GROUPS, String.class));
		if (!chosen.isEmpty() && !names.contains(chosen)) {
			names.addFirst(chosen);
		}
		return names;
	}

	/** Every extension that matches, in order. */
	void each(ExtensionFilter filter, Consumer<ExtensionListing> reader) {
		var fleet = fleet();
		var order = (filter.sort() == Sort.PBX) ? inOrder(fleet.pbxs().values(), filter) : order(filter, false);
		var where = this.extensions.seen().and(filter.matching(fleet.pbxs().values(), members(filter)));
		this.jdbc.query("select " + COLUMNS + " from extension e where " + where.sql() + " order by " + order,
				(row) -> {
					reader.accept(listing(row, fleet));
				}, where.after());
	}

	/**
	 * Some that match, in the order of their ids.
	 * @param after only those with a higher id
	 */
	List<ExtensionListing> after(WantedExtensions wanted, long after, int most) {
		var fleet = fleet();
		var where = this.extensions.seen()
			.and(wanted.filter().matching(fleet.pbxs().values(), members(wanted.filter())))
			.and(under(wanted.policy()));
		return this.jdbc.query(
				"select " + COLUMNS + " from extension e where " + where.sql() + " and e.id > ? order by e.id limit ?",
				(row, at) -> listing(row, fleet), where.before(after, most));
	}

	/** That one, also when its PBX does not have it any more. */
	Optional<ExtensionListing> find(long id) {
		var where = this.extensions.seen().and(Where.of("e.id = ?", id));
		return this.jdbc
			.query("select " + COLUMNS + " from extension e where " + where.sql(),
					(row, at) -> listing(row, fleet(row.getLong("pbx_id"))), where.after())
			.stream()
			.findFirst();
	}

	/** On the PBXs of a policy. */
	private Where under(@Nullable Long policy) {
		return (policy == null) ? Where.ALL : Where
			.on(this.registry.all().stream().filter((pbx) -> pbx.policyId() == policy).map(Pbx::id).toList());
	}

	/** What a script means, of those that are on their PBX and that it sees now. */
	Where picked(WantedExtensions wanted) {
		return picked(EVERY, wanted.filter()).and(under(wanted.policy()));
	}

	/** Who that is, in the words of the trail. */
	String words(WantedExtensions wanted) {
		var policy = wanted.policy();
		return words(EVERY, wanted.filter()) + ((policy != null)
				? " under " + this.policies.find(policy).map(PolicyRules::name).orElse("policy " + policy) : "");
	}

	/**
	 * Which extensions a person means, of those that are on their PBX and that the person
	 * sees now: that is part of the condition, for who works on it later sees all.
	 */
	Where picked(Selection selection, ExtensionFilter filter) {
		var there = Where.PRESENT.and(this.extensions.seen());
		if (!selection.all()) {
			return there.and(Where.in("e.id", selection.ids()));
		}
		var matching = there.and(filter.matching(this.registry.all(), members(filter)));
		return selection.except().isEmpty() ? matching : matching.and(Where.in("e.id", selection.except()).not());
	}

	/** Who that is, in the words of the trail; empty when they were ticked one by one. */
	String words(Selection selection, ExtensionFilter filter) {
		if (!selection.all()) {
			return "";
		}
		var words = new StringBuilder("all");
		if (filter.show() != Show.ALL) {
			words.append(' ').append(filter.show().word());
		}
		if (!filter.q().isEmpty()) {
			words.append(" that match ").append(filter.q());
		}
		var pbx = filter.pbx();
		if (pbx != null) {
			words.append(" on ").append(this.registry.find(pbx).map(Pbx::name).orElse("PBX " + pbx));
		}
		if (!filter.group().isEmpty()) {
			words.append(" in group ").append(filter.group());
		}
		int except = selection.except().size();
		return words.append((except > 0) ? ", but %,d".formatted(except) : "").toString();
	}

	/**
	 * The same counted, with the first few.
	 * @param most how many are read
	 */
	PickedPage picked(Selection selection, ExtensionFilter filter, int most) {
		var fleet = fleet();
		var where = picked(selection, filter);
		var shown = this.jdbc.query(
				"select " + COLUMNS + " from extension e where " + where.sql() + " order by "
						+ order(filter.at(0), false) + " limit " + most,
				(row, at) -> listing(row, fleet), where.after());
		var picked = this.extensions.picked(where);
		var concerned = picked.pbxIds().stream().map(fleet.pbxs()::get).map(Pbx::policyId).collect(Collectors.toSet());
		return new PickedPage(picked, shown,
				fleet.policies().values().stream().filter((each) -> concerned.contains(each.id())).toList(),
				fleet.pbxs().values().stream().collect(Collectors.toMap(Pbx::id, Pbx::name)));
	}

	private Fleet fleet() {
		var pbxs = this.registry.all()
			.stream()
			.collect(Collectors.toMap(Pbx::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
		var rules = this.policies.all()
			.stream()
			.collect(Collectors.toMap(PolicyRules::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
		return new Fleet(pbxs, rules);
	}

	/** Of it, only that PBX. */
	private Fleet fleet(long id) {
		return this.registry.find(id)
			.map((pbx) -> new Fleet(Map.of(id, pbx), this.policies.rules(Set.of(pbx.policyId()))))
			.orElse(new Fleet(Map.of(), Map.of()));
	}

	private SortedMap<Show, Integer> counts(Where found) {
		var columns = IntStream.range(0, Show.values().length)
			.mapToObj((i) -> "count(case when " + Show.values()[i].where().sql() + " then 1 end)")
			.collect(Collectors.joining(", "));
		var counts = new TreeMap<Show, Integer>();
		this.jdbc.query("select " + columns + " from extension e where " + found.sql(), (row) -> {
			for (Show show : Show.values()) {
				counts.put(show, row.getInt(show.ordinal() + 1));
			}
		}, found.after());
		return counts;
	}

	private boolean any(String query) {
		return !this.jdbc.queryForList(query, Long.class).isEmpty();
	}

	/**
	 * A group is small beside a fleet: found first, it is no part of larger questions.
	 */
	private List<Long> members(ExtensionFilter filter) {
		return filter.group().isEmpty() ? List.of() : this.jdbc.queryForList("""
				select x.id from extension_group g join extension_group_member m on m.group_id = g.id
				join extension x on x.pbx_id = g.pbx_id and x.number = m.number where g.name = ?""", Long.class,
				filter.group());
	}

	/**
	 * As the changes keep it.
	 * @param pbx only of that one, {@code null} for all
	 */
	private SortedMap<Show, Integer> counts(@Nullable Long pbx, Where seen) {
		var counts = new TreeMap<Show, Integer>();
		this.jdbc.query("""
				select coalesce(sum(there), 0), coalesce(sum(abroad), 0), coalesce(sum(unapplied), 0),
				coalesce(sum(gone), 0) from extension_count e where\s""" + seen.sql()
				+ ((pbx != null) ? " and pbx_id = " + pbx : ""), (row) -> {
					counts.put(Show.ALL, row.getInt(1));
					counts.put(Show.INTERNATIONAL, row.getInt(2));
					counts.put(Show.UNAPPLIED, row.getInt(3));
					counts.put(Show.GONE, row.getInt(4));
				});
		return counts;
	}

	private List<ExtensionListing> rows(ExtensionFilter filter, Where matching, int total, Fleet fleet) {
		int from = filter.page() * ExtensionFilter.PAGE_SIZE;
		int size = Math.min(ExtensionFilter.PAGE_SIZE, total - from);
		if (size <= 0) {
			return List.of();
		}
		if (filter.sort() == Sort.PBX) {
			return rowsByPbx(filter, matching, from, size, fleet);
		}
		// what is nearer to the end is counted from there
		boolean back = from > total / 2;
		var rows = read(matching, order(filter, back), back ? total - from - size : from, size, fleet);
		return back ? rows.reversed() : rows;
	}

	private List<ExtensionListing> read(Where where, String order, int skipped, int size, Fleet fleet) {
		return this.jdbc.query("select " + COLUMNS + " from extension e where " + where.sql() + " order by " + order
				+ " limit ? offset ?", (row, at) -> listing(row, fleet), where.before(size, skipped));
	}

	/** Only the PBXs that the page shows something of are sorted. */
	private List<ExtensionListing> rowsByPbx(ExtensionFilter filter, Where matching, int from, int size, Fleet fleet) {
		var counts = new TreeMap<Long, Integer>();
		this.jdbc.query("select e.pbx_id, count(*) from extension e where " + matching.sql() + " group by e.pbx_id",
				(row) -> {
					counts.put(row.getLong(1), row.getInt(2));
				}, matching.after());
		var shown = new ArrayList<Pbx>();
		int skipped = from;
		int room = size;
		for (Pbx pbx : inOrder(fleet.pbxs().values(), filter.descending())) {
			int count = counts.getOrDefault(pbx.id(), 0);
			if (shown.isEmpty() && count <= skipped) {
				skipped -= count;
			}
			else if (room > 0 && count > 0) {
				room -= count - (shown.isEmpty() ? skipped : 0);
				shown.add(pbx);
			}
		}
		return read(matching.and(Where.on(shown.stream().map(Pbx::id).toList())), inOrder(shown, filter), skipped, size,
				fleet);
	}

	/** As they are sorted by name; the fleet comes in that order but for the accents. */
	private static List<Pbx> inOrder(Collection<Pbx> pbxs, boolean descending) {
		var sorted = new ArrayList<>(pbxs);
		sorted.sort(Comparator.comparing((pbx) -> SearchText.folded(pbx.name())));
		if (descending) {
			Collections.reverse(sorted);
		}
		return sorted;
	}

	private static String inOrder(Collection<Pbx> pbxs, ExtensionFilter filter) {
		var sorted = inOrder(pbxs, filter.descending());
		return IntStream.range(0, sorted.size())
			.mapToObj((i) -> " when " + sorted.get(i).id() + " then " + i)
			.collect(Collectors.joining("", "case e.pbx_id", " else " + sorted.size() + " end, e.number_order"))
				+ (filter.descending() ? " desc" : "");
	}

	/** As the indexes have it; all rows of a list agree in the first column. */
	private static String order(ExtensionFilter filter, boolean backwards) {
		var way = (filter.descending() != backwards) ? " desc" : "";
		var columns = switch (filter.sort()) {
			case NAME -> List.of("e.present", "e.name_order", "e.number_order", "e.pbx_id");
			case NUMBER, PBX -> List.of("e.present", "e.number_order", "e.pbx_id");
		};
		return columns.stream().map((column) -> column + way).collect(Collectors.joining(", "));
	}

	private static ExtensionListing listing(ResultSet row, Fleet fleet) throws SQLException {
		var pbx = fleet.pbxs().get(row.getLong("pbx_id"));
		return new ExtensionListing(
				new Extension(row.getLong("id"), row.getLong("pbx_id"), row.getString("number"), row.getString("name"),
						row.getBoolean("present"), Extensions.restrictions(row)),
				(pbx != null) ? pbx.name() : "", pbx != null && fleet.guards(pbx), row.getBoolean("unapplied"));
	}

	/**
	 * What was picked, counted.
	 *
	 * @param shown the first few
	 * @param policies of their PBXs
	 * @param pbxNames by id
	 */
	record PickedPage(Picked picked, List<ExtensionListing> shown, List<PolicyRules> policies,
			Map<Long, String> pbxNames) {

		String pbxName(long id) {
			return this.pbxNames.getOrDefault(id, "");
		}

	}

	/** The PBXs by name, and the policies. */
	private record Fleet(Map<Long, Pbx> pbxs, Map<Long, PolicyRules> policies) {

		boolean guards(Pbx pbx) {
			var policy = this.policies.get(pbx.policyId());
			return policy != null && policy.protectionEnabled();
		}

	}

}
