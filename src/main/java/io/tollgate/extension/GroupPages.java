package io.tollgate.extension;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
	 * The groups, by PBX and name.
	 * @param pbx only of that one, {@code null} for all
	 */
	List<Row> rows(@Nullable Long pbx) {
		return pbxs().stream()
			.filter((each) -> pbx == null || each.id() == pbx)
			.flatMap((each) -> rows(each).stream())
			.toList();
	}

	private List<Row> rows(Pbx pbx) {
		var usage = this.groups.usage(pbx.id());
		return this.groups.of(pbx.id())
			.entrySet()
			.stream()
			.map((each) -> new Row(each.getKey(), each.getValue().name(), pbx, each.getValue().members().size(),
					Members.inShort(each.getValue().members(), SHORT), usage.getOrDefault(each.getKey(), UNUSED)))
			.sorted(Comparator.comparing(Row::name, String.CASE_INSENSITIVE_ORDER))
			.toList();
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
