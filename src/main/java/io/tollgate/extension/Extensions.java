package io.tollgate.extension;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The extensions of all PBXs and what each may not do. */
@Service
@Transactional(readOnly = true)
public class Extensions {

	/** Ids in one statement: well below every database's limit of parameters. */
	private static final int CHUNK = 1_000;

	private final ExtensionRows rows;

	private final PbxRegistry registry;

	private final AuditTrail audit;

	private final JdbcOperations jdbc;

	Extensions(ExtensionRows rows, PbxRegistry registry, AuditTrail audit, JdbcOperations jdbc) {
		this.rows = rows;
		this.registry = registry;
		this.audit = audit;
		this.jdbc = jdbc;
	}

	/** The restrictions of every extension that the PBX has, by number. */
	public SortedMap<String, CallRestrictions> restrictions(long pbxId) {
		var restrictions = new TreeMap<String, CallRestrictions>();
		for (var row : this.rows.restricted(pbxId)) {
			restrictions.put(row.number(), row.restrictions());
		}
		return restrictions;
	}

	/**
	 * The same of several PBXs at once, by PBX; one that has no extension is there with
	 * none. One query for a thousand PBXs.
	 */
	public Map<Long, SortedMap<String, CallRestrictions>> restrictions(Collection<Long> pbxIds) {
		var restrictions = new HashMap<Long, SortedMap<String, CallRestrictions>>();
		pbxIds.forEach((pbxId) -> restrictions.put(pbxId, new TreeMap<>()));
		var ids = List.copyOf(restrictions.keySet());
		for (int from = 0; from < ids.size(); from += CHUNK) {
			for (var row : this.rows.restricted(ids.subList(from, Math.min(from + CHUNK, ids.size())))) {
				restrictions.getOrDefault(row.pbxId(), new TreeMap<>()).put(row.number(), row.restrictions());
			}
		}
		return restrictions;
	}

	/** Who each extension that the PBX has belongs to, by number. */
	SortedMap<String, String> names(long pbxId) {
		var names = new TreeMap<String, String>();
		this.rows.findByPbxId(pbxId)
			.stream()
			.filter(ExtensionRow::isPresent)
			.map(ExtensionRow::toExtension)
			.forEach((each) -> names.put(each.number(), each.name()));
		return names;
	}

	/** How many extensions each PBX has; a PBX without any is missing. */
	public Map<Long, Long> counts() {
		return this.rows.counts()
			.stream()
			.collect(Collectors.toMap(ExtensionRows.Count::getPbxId, ExtensionRows.Count::getCount));
	}

	/** One extension that the PBX has. */
	public Optional<Extension> find(long pbxId, String number) {
		return this.rows.findByPbxIdAndNumber(pbxId, number)
			.filter(ExtensionRow::isPresent)
			.map(ExtensionRow::toExtension);
	}

	/** Every extension of that number: each PBX has at most one. */
	public List<Extension> withNumber(String number) {
		return this.rows.findByNumberAndPresentTrueOrderByPbxId(number)
			.stream()
			.map(ExtensionRow::toExtension)
			.toList();
	}

	/** All extensions of all PBXs, also those that the PBXs no longer have. One query. */
	List<Extension> all() {
		return this.rows.stored().stream().map(ExtensionRows.Stored::toExtension).toList();
	}

	/**
	 * Changes restrictions of many extensions at once, by statements for sets. The last
	 * write wins, field by field. Ids of extensions that the PBXs no longer have, or
	 * never had, count for nothing.
	 * @param ids identities in the portal
	 */
	@Transactional
	public EditResult edit(Set<Long> ids, RestrictionEdit edit) {
		var selected = all().stream()
			.filter((each) -> each.present() && ids.contains(each.id()))
			.sorted(Comparator.comparingLong(Extension::id))
			.toList();
		var changed = selected.stream()
			.filter((each) -> !edit.applyTo(each.restrictions()).equals(each.restrictions()))
			.toList();
		if (changed.isEmpty()) {
			return new EditResult(selected.size(), 0);
		}
		var pbxs = changed.stream().map(Extension::pbxId).collect(Collectors.toCollection(TreeSet::new));
		pbxs.forEach(this.registry::touch);
		var changedIds = changed.stream().map(Extension::id).toList();
		for (int from = 0; from < changedIds.size(); from += CHUNK) {
			write(changedIds.subList(from, Math.min(from + CHUNK, changedIds.size())), edit);
		}
		record(changed, edit);
		return new EditResult(selected.size(), changed.size());
	}

	private void write(List<Long> ids, RestrictionEdit edit) {
		if (edit.disallowInternational() != null) {
			this.rows.disallowInternational(ids, edit.disallowInternational());
		}
		if (edit.disallowOutbound() != null) {
			this.rows.disallowOutbound(ids, edit.disallowOutbound());
		}
		if (edit.disallowOutsideBusinessHours() != null) {
			this.rows.disallowOutsideBusinessHours(ids, edit.disallowOutsideBusinessHours());
		}
		if (edit.maxDuration() != null) {
			this.rows.maxDurationSeconds(ids, edit.maxDuration().seconds());
		}
	}

	private void record(List<Extension> changed, RestrictionEdit edit) {
		var names = this.registry.all().stream().collect(Collectors.toMap(Pbx::id, Pbx::name));
		var numbers = changed.stream()
			.sorted(Comparator.comparing(Extension::number))
			.collect(Collectors.groupingBy((each) -> names.getOrDefault(each.pbxId(), "PBX " + each.pbxId()),
					Collectors.mapping(Extension::number, Collectors.toList())));
		var only = changed.getFirst();
		var object = (changed.size() == 1) ? AuditObject.of("extension", only.id(), only.number())
				: AuditObject.of("extension", null, "%,d extensions".formatted(changed.size()));
		this.audit.record("extension.edited", object,
				EditWords.before(edit, changed.stream().map(Extension::restrictions).toList()),
				EditWords.after(edit, numbers));
	}

	/**
	 * Takes over the extensions that a PBX says it has. New ones get the default
	 * restrictions; one that vanished is kept with what it may not do, in case it comes
	 * back.
	 * @param discovered what the PBX says; a number that occurs twice counts once, one of
	 * more than 40 characters not at all
	 */
	@Transactional
	public SyncResult discovered(long pbxId, List<Discovered> discovered) {
		var told = new LinkedHashMap<String, Discovered>();
		discovered.stream().filter(Discovered::fits).forEach((each) -> told.putIfAbsent(each.number(), each.cleaned()));
		var known = this.rows.findByPbxId(pbxId)
			.stream()
			.collect(Collectors.toMap(ExtensionRow::getNumber, Function.identity()));
		int vanished = 0;
		for (var row : known.values()) {
			if (row.isPresent() && !told.containsKey(row.getNumber())) {
				row.vanished();
				vanished++;
			}
		}
		int back = (int) told.values()
			.stream()
			.filter((each) -> known.containsKey(each.number()) && known.get(each.number()).seen(each))
			.count();
		var fresh = told.values().stream().filter((each) -> !known.containsKey(each.number())).toList();
		insert(pbxId, fresh);
		int added = fresh.size() + back;
		if (added + vanished > 0) {
			this.registry.touch(pbxId);
			this.audit.record("extension.read", pbx(pbxId), null, added + " added, " + vanished + " gone");
		}
		return new SyncResult(added, vanished, told.size());
	}

	/** In batches, which Hibernate does not do where the database gives the ids. */
	private void insert(long pbxId, List<Discovered> fresh) {
		this.jdbc.batchUpdate("insert into extension (pbx_id, number, name) values (?, ?, ?)", fresh, CHUNK,
				(statement, each) -> {
					statement.setLong(1, pbxId);
					statement.setString(2, each.number());
					statement.setString(3, each.name());
				});
	}

	/**
	 * Gives every extension of the PBX the restrictions named, the default where none
	 * are.
	 */
	@Transactional
	public void restore(long pbxId, SortedMap<String, CallRestrictions> restrictions) {
		var changed = new HashMap<String, CallRestrictions>();
		for (var row : this.rows.findByPbxId(pbxId)) {
			var wanted = restrictions.getOrDefault(row.getNumber(), CallRestrictions.DEFAULT);
			if (row.isPresent() && !row.restrictions().equals(wanted)) {
				row.restrict(wanted);
				changed.put(row.getNumber(), wanted);
			}
		}
		if (!changed.isEmpty()) {
			this.registry.touch(pbxId);
			this.audit.record("extension.restored", pbx(pbxId), null,
					changed.size() + " extensions back to what was applied");
		}
	}

	private AuditObject pbx(long pbxId) {
		return AuditObject.of("pbx", pbxId, this.registry.find(pbxId).map(Pbx::name).orElse(null));
	}

}
