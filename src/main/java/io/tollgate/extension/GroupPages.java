package io.tollgate.extension;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.extension.GroupPage.Member;
import io.tollgate.extension.GroupPage.Row;
import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListPage;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
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

	/** Members and uses are only read of those that are shown. */
	private static final ListShape<Named> LIST = ListShape.<Named>empty()
		.text("name", "groups.name", (each) -> each.head().name())
		.text("pbx", "extension.pbx", (each) -> each.pbx().name())
		.plain("groups.members")
		.plain("groups.used");

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
	 * One page of the groups.
	 * @param pbx only of that one, {@code null} for all
	 */
	ListPage<Row> list(@Nullable Long pbx, ListQuery query, Locale locale) {
		var pbxs = pbxs().stream().collect(Collectors.toMap(Pbx::id, Function.identity()));
		var named = this.groups.heads(pbx)
			.stream()
			.flatMap((head) -> Stream.ofNullable(pbxs.get(head.pbxId())).map((of) -> new Named(head, of)))
			.toList();
		var page = LIST.show(ListAddress.of(GroupController.PATH).with("pbx", pbx), query, named, Named::texts, locale);
		var ids = page.rows().stream().map((each) -> each.pbx().id()).distinct().toList();
		var groups = this.groups.of(ids);
		var usage = this.groups.usage(ids);
		return page.told((each) -> {
			var head = each.head();
			var members = groups.getOrDefault(head.pbxId(), Collections.emptySortedMap()).get(head.key());
			var numbers = (members != null) ? members.members() : new TreeSet<String>();
			return new Row(head.key(), head.name(), each.pbx(), numbers.size(), Members.inShort(numbers, SHORT),
					usage.getOrDefault(head.pbxId(), Collections.emptySortedMap()).getOrDefault(head.key(), UNUSED));
		});
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

	/** A group and its PBX. */
	private record Named(GroupRows.Head head, Pbx pbx) {

		/** What is searched. */
		List<String> texts() {
			return List.of(this.head.name(), this.pbx.name());
		}

	}

}
