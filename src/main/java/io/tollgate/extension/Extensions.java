package io.tollgate.extension;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The extensions of all PBXs and what each may not do. */
@Service
@Transactional(readOnly = true)
public class Extensions {

	private final ExtensionRows rows;

	private final PbxRegistry registry;

	private final AuditTrail audit;

	Extensions(ExtensionRows rows, PbxRegistry registry, AuditTrail audit) {
		this.rows = rows;
		this.registry = registry;
		this.audit = audit;
	}

	/** The restrictions of every extension that the PBX has, by number. */
	public SortedMap<String, CallRestrictions> restrictions(long pbxId) {
		var restrictions = new TreeMap<String, CallRestrictions>();
		for (var row : this.rows.restricted(pbxId)) {
			restrictions.put(row.getNumber(), new CallRestrictions(row.getDisallowInternational(),
					row.getDisallowOutbound(), row.getDisallowOutsideBusinessHours(), row.getMaxDurationSeconds()));
		}
		return restrictions;
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

	/**
	 * Takes over the extensions that a PBX says it has. New ones get the default
	 * restrictions; one that vanished is kept with what it may not do, in case it comes
	 * back.
	 * @param discovered what the PBX says; a number that occurs twice counts once
	 */
	@Transactional
	public SyncResult discovered(long pbxId, List<Discovered> discovered) {
		var told = new LinkedHashMap<String, Discovered>();
		discovered.forEach((each) -> told.putIfAbsent(each.number(), each));
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
		this.rows.saveAll(fresh.stream().map((each) -> new ExtensionRow(pbxId, each)).toList());
		int added = fresh.size() + back;
		if (added + vanished > 0) {
			this.registry.touch(pbxId);
			this.audit.record("extension.read", pbx(pbxId), null, added + " added, " + vanished + " gone");
		}
		return new SyncResult(added, vanished, told.size());
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
