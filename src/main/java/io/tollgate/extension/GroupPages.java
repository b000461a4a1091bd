package io.tollgate.extension;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tollgate.extension.GroupPage.Member;
import io.tollgate.extension.GroupPage.Row;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts together the list of groups and the editor of one. */
@Component
@Transactional(readOnly = true)
class GroupPages {

	private static final GroupUsage UNUSED = new GroupUsage(List.of(), 0);

	private static final int SHOWN_MEMBERS = 50;

	static final int PAGE_SIZE = 50;

	/** Of the members in short: as much as fits beside the rest. */
	private static final int SHORT = 40;

	private final Groups groups;

	private final Extensions extensions;

	private final PbxRegistry registry;

	GroupPages(Groups groups, Extensions extensions, PbxRegistry registry) {
		this.groups = groups;
		this.extensions = extensions;
		this.registry = registry;
	}

	/** The PBXs to choose from, by name. */
	List<Pbx> pbxs() {
		return this.registry.all();
	}

	/**
	 * One page of the groups, by PBX and name.
	 * @param pbx only of that one, {@code null} for all
	 * @param asked counted from 0; the last one for one that is not there
	 */
	GroupPage.Listing list(@Nullable Long pbx, int asked) {
		var pbxs = pbxs();
		var places = IntStream.range(0, pbxs.size())
			.boxed()
			.collect(Collectors.toMap((at) -> pbxs.get(at).id(), (at) -> at));
		var heads = this.groups.heads(pbx)
			.stream()
			.filter((head) -> places.containsKey(head.pbxId()))
			.sorted(Comparator.comparing((GroupRows.Head head) -> places.getOrDefault(head.pbxId(), 0))
				.thenComparing(GroupRows.Head::name, String.CASE_INSENSITIVE_ORDER))
			.toList();
		int last = Math.max(0, Math.ceilDiv(heads.size(), PAGE_SIZE) - 1);
		int page = Math.clamp(asked, 0, last);
		var shown = heads.subList(page * PAGE_SIZE, Math.min((page + 1) * PAGE_SIZE, heads.size()));
		var ids = shown.stream().map(GroupRows.Head::pbxId).distinct().toList();
		var groups = this.groups.of(ids);
		var usage = this.groups.usage(ids);
		var rows = shown.stream().map((head) -> {
			var members = groups.getOrDefault(head.pbxId(), Collections.emptySortedMap()).get(head.key());
			var numbers = (members != null) ? members.members() : new TreeSet<String>();
			return new Row(head.key(), head.name(), pbxs.get(places.getOrDefault(head.pbxId(), 0)), numbers.size(),
					Members.inShort(numbers, SHORT),
					usage.getOrDefault(head.pbxId(), Collections.emptySortedMap()).getOrDefault(head.key(), UNUSED));
		}).toList();
		return new GroupPage.Listing(rows, page, heads.size(), (page > 0) ? url(pbx, page - 1) : null,
				(page < last) ? url(pbx, page + 1) : null);
	}

	private static String url(@Nullable Long pbx, int page) {
		return "/groups?" + ((pbx != null) ? "pbx=" + pbx + "&" : "") + "page=" + (page + 1);
	}

	/** The editor of a new group. */
	GroupPage fresh(Pbx pbx, String name, String typed, Map<String, String> errors) {
		return new GroupPage(pbx, pbxs(), null, "", name, typed, List.of(), 0, UNUSED, errors, "", null, true);
	}

	/** The editor of a group as it is. */
	GroupPage of(Pbx pbx, String key, ExtensionGroup group, boolean editable) {
		return of(pbx, key, group,
				new GroupPage.Typed(group.name(), Members.words(group.members()), group.fingerprint(), Map.of(), null),
				editable);
	}

	/** The editor of a group with what was typed. */
	GroupPage of(Pbx pbx, String key, ExtensionGroup group, GroupPage.Typed typed, boolean editable) {
		var names = this.extensions.names(pbx.id());
		var members = group.members()
			.stream()
			.sorted(Members.ORDER)
			.limit(SHOWN_MEMBERS)
			.map((number) -> new Member(number, names.getOrDefault(number, ""), !names.containsKey(number)))
			.toList();
		return new GroupPage(pbx, List.of(pbx), key, group.name(), typed.name(), typed.members(), members,
				group.members().size() - members.size(), this.groups.usage(pbx.id()).getOrDefault(key, UNUSED),
				new LinkedHashMap<>(typed.errors()), typed.seen(), typed.conflict(), editable);
	}

}
