package io.tollgate.policyfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.ExtensionNumbers;
import io.tollgate.policy.GrantedExemption;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange;
import io.tollgate.policy.PolicyRules;
import io.tollgate.policy.PolicyScope;
import io.tollgate.policy.RestrictionChange;
import io.tollgate.policy.RestrictionLists;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Edits policies as a file wants them, by the services of the pages: the same checks, the
 * same trail.
 */
@Component
class PolicyEditor {

	private final Policies policies;

	private final RestrictionLists lists;

	private final PbxRegistry pbxs;

	private final PolicyScope scope;

	private final WrittenPolicies written;

	PolicyEditor(Policies policies, RestrictionLists lists, PbxRegistry pbxs, PolicyScope scope,
			WrittenPolicies written) {
		this.policies = policies;
		this.lists = lists;
		this.pbxs = pbxs;
		this.scope = scope;
		this.written = written;
	}

	/**
	 * Edits all that the file names, while nobody else changes a policy.
	 * @return what was done, also to policies that were so already
	 * @throws FaultyFileException when anything may not be; the transaction must be taken
	 * back
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	List<PolicyEdit> edit(PolicyFile file, Terms terms) {
		this.policies.hold();
		var there = this.policies.all();
		hold(file, there);
		var edits = new ArrayList<PolicyEdit>();
		var faults = new ArrayList<Fault>();
		var named = new HashSet<Long>();
		for (int at = 0; at < file.policies().size(); at++) {
			var wanted = file.policies().get(at);
			var found = there.stream().filter((rules) -> rules.name().equalsIgnoreCase(wanted.name())).findFirst();
			var edit = new Work(file, terms, "/policies/" + at, faults).edit(wanted, found.orElse(null));
			if (edit != null) {
				edits.add(edit);
				named.add(edit.id());
			}
		}
		if (terms.prune() && faults.isEmpty()) {
			var work = new Work(file, terms, "/policies", faults);
			there.stream().filter((rules) -> !named.contains(rules.id())).map(work::delete).forEach(edits::add);
		}
		if (!faults.isEmpty()) {
			throw new FaultyFileException(faults);
		}
		return edits;
	}

	/** The PBXs whose exemptions it names: in the file they are in any order. */
	private void hold(PolicyFile file, List<PolicyRules> there) {
		var names = file.policies()
			.stream()
			.filter((wanted) -> wanted.exemptions() != null)
			.map((wanted) -> wanted.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.toSet());
		this.pbxs.hold(there.stream()
			.filter((rules) -> names.contains(rules.name().toLowerCase(Locale.ROOT)))
			.flatMap((rules) -> this.pbxs.ofPolicy(rules.id()).stream())
			.map(Pbx::id)
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	/** One policy of the file. */
	private final class Work {

		private final PolicyFile file;

		private final Terms terms;

		private final String path;

		private final List<Fault> faults;

		Work(PolicyFile file, Terms terms, String path, List<Fault> faults) {
			this.file = file;
			this.terms = terms;
			this.path = path;
			this.faults = faults;
		}

		private void wrong(String part, MessageSourceResolvable what) {
			var at = this.path + part;
			this.faults.add(new Fault(at, this.file.line(at), what));
		}

		private void wrong(String part, String kind, Object... arguments) {
			wrong(part, new DefaultMessageSourceResolvable(new String[] { "policyfile.wrong." + kind }, arguments));
		}

		/** {@code null} when it may not be touched, or could not even be created. */
		@Nullable PolicyEdit edit(WrittenPolicy wanted, @Nullable PolicyRules found) {
			if (!mayBe(wanted, found)) {
				return null;
			}
			var rules = (found != null) ? found : created(wanted);
			if (rules == null) {
				return null;
			}
			var before = PolicyEditor.this.written.of(rules);
			long id = rules.id();
			if (found != null && !found.name().equals(wanted.name())) {
				check(PolicyEditor.this.policies.rename(id, wanted.name()));
			}
			if (wanted.homeCountry() != null && !wanted.homeCountry().equals(rules.homeCountry())) {
				// what is to go may be in the way of the new home country
				restrict(id, wanted, before, true);
			}
			check(PolicyEditor.this.policies.set(id, (now) -> merged(wanted, now)));
			if (wanted.repairsByItself() != null) {
				check(PolicyEditor.this.policies.setRepairsByItself(id, wanted.repairsByItself()));
			}
			restrict(id, wanted, before, false);
			if (wanted.exemptions() != null) {
				exempt(id, wanted.exemptions());
			}
			return new PolicyEdit(id, found == null, before,
					PolicyEditor.this.written.of(PolicyEditor.this.policies.rules(id)));
		}

		private boolean mayBe(WrittenPolicy wanted, @Nullable PolicyRules found) {
			boolean manages = found == null || !found.name().equals(wanted.name());
			if (manages && !this.terms.manages()) {
				wrong("", "administrator", wanted.name());
				return false;
			}
			if (found != null && !PolicyEditor.this.scope.isWhole(found.id())) {
				wrong("", "shared", wanted.name());
				return false;
			}
			return true;
		}

		private @Nullable PolicyRules created(WrittenPolicy wanted) {
			var home = wanted.homeCountry();
			if (home == null) {
				wrong("", "new-policy", wanted.name());
				return null;
			}
			var change = PolicyEditor.this.policies.create(wanted.name(), home, null);
			check(change);
			return (change instanceof PolicyChange.Changed changed) ? changed.rules() : null;
		}

		PolicyEdit delete(PolicyRules rules) {
			var before = PolicyEditor.this.written.of(rules);
			if (!this.terms.manages()) {
				wrong("", "administrator", rules.name());
				return new PolicyEdit(rules.id(), false, before, null);
			}
			check(PolicyEditor.this.policies.delete(rules.id()));
			return new PolicyEdit(rules.id(), false, before, null);
		}

		private void check(PolicyChange change) {
			if (change instanceof PolicyChange.Refused refused) {
				wrong(switch (refused) {
					case PolicyChange.CountryUnknown _, PolicyChange.HomeIsRestricted _ -> "/homeCountry";
					case PolicyChange.DialingCodeInvalid _ -> "/dialingCode";
					case PolicyChange.PrefixInvalid _ -> "/prefixes";
					case PolicyChange.CodesUnknown _ -> "/allowedCountries";
					case PolicyChange.EmergencyMissing _, PolicyChange.EmergencyInvalid _,
							PolicyChange.EmergencyStartsWithDialingCode _ ->
						"/emergencyNumbers";
					case PolicyChange.NameInvalid _, PolicyChange.NameTaken _ -> "/name";
					case PolicyChange.Gone _, PolicyChange.InUse _, PolicyChange.LastPolicy _,
							PolicyChange.ChangedMeanwhile _ ->
						"";
				}, refused);
			}
		}

		/**
		 * Sets the restrictions.
		 * @param less whether nothing new is to be restricted yet
		 */
		private void restrict(long id, WrittenPolicy wanted, WrittenPolicy before, boolean less) {
			var numbers = Objects.requireNonNull((wanted.numbers() != null) ? wanted.numbers() : before.numbers());
			Set<RestrictionPreset> presets = new TreeSet<>(
					Objects.requireNonNull((wanted.presets() != null) ? wanted.presets() : before.presets()));
			var own = new LinkedHashMap<String, String>();
			numbers.forEach((number) -> own.put(number.entry(), number.note()));
			if (less) {
				presets.retainAll(Objects.requireNonNull(before.presets()));
				own.keySet()
					.retainAll(Objects.requireNonNull(before.numbers()).stream().map(WrittenNumber::entry).toList());
			}
			if (PolicyEditor.this.lists.set(id, own, presets) instanceof RestrictionChange.Refused refused) {
				wrong("/restrictions" + place(refused, numbers), refused);
			}
		}

		private String place(RestrictionChange.Refused refused, List<WrittenNumber> numbers) {
			var entry = switch (refused) {
				case RestrictionChange.NoNumber none -> none.typed();
				case RestrictionChange.OwnCountry own -> own.entry();
				case RestrictionChange.Emergency emergency -> emergency.entry();
				default -> "";
			};
			var entries = numbers.stream().map(WrittenNumber::entry).toList();
			return entries.contains(entry) ? "/numbers/" + entries.indexOf(entry) + "/number" : "";
		}

		private void exempt(long policyId, List<WrittenExemption> wanted) {
			var byName = PolicyEditor.this.pbxs.ofPolicy(policyId)
				.stream()
				.collect(Collectors.toMap(Pbx::name, (pbx) -> pbx, (one, _) -> one, TreeMap::new));
			var groups = keys(byName.values().stream().map(Pbx::id).toList());
			var restrictions = PolicyEditor.this.lists.list(policyId);
			var stored = PolicyEditor.this.lists.exemptionsOn(byName.values().stream().map(Pbx::id).toList())
				.stream()
				.filter((granted) -> !RestrictionLists.entries(granted, restrictions).isEmpty())
				.toList();
			var kept = new HashSet<Long>();
			for (int at = 0; at < wanted.size(); at++) {
				var each = wanted.get(at);
				var pbx = byName.get(each.pbx());
				if (pbx == null) {
					wrong("/exemptions/" + at + "/pbx", "pbx", each.pbx());
					continue;
				}
				var who = !each.group() ? each.who() : ExtensionNumbers.GROUP
						+ groups.getOrDefault(pbx.id(), Map.of()).getOrDefault(each.who().toLowerCase(Locale.ROOT), "");
				var same = find(stored, pbx.id(), who, each.target());
				if (same != null) {
					kept.add(same.id());
				}
				if ((same == null || !Objects.equals(same.until(), each.until())) && PolicyEditor.this.lists
					.exempt(pbx.id(), who, each.target(), each.until()) instanceof RestrictionChange.Refused refused) {
					wrong("/exemptions/" + at, refused);
				}
			}
			stored.stream()
				.filter((granted) -> !kept.contains(granted.id()))
				.forEach((granted) -> PolicyEditor.this.lists.removeExemption(granted.id()));
		}

		/** The keys of the groups by name, by PBX. */
		private Map<Long, Map<String, String>> keys(List<Long> pbxIds) {
			Map<Long, Map<String, String>> keys = new HashMap<>();
			if (!pbxIds.isEmpty()) {
				PolicyEditor.this.lists.groups(pbxIds).forEach((pbx, names) -> {
					Map<String, String> own = keys.computeIfAbsent(pbx, (_) -> new HashMap<>());
					names.forEach((key, name) -> own.put(name.toLowerCase(Locale.ROOT), key));
				});
			}
			return keys;
		}

		private static @Nullable GrantedExemption find(List<GrantedExemption> stored, long pbxId, String who,
				String target) {
			return stored.stream()
				.filter((granted) -> granted.pbxId() == pbxId && granted.extension().equals(who)
						&& granted.target().equals(target))
				.findFirst()
				.orElse(null);
		}

		private static PolicyRules merged(WrittenPolicy wanted, PolicyRules now) {
			return new PolicyRules(now.id(), now.name(),
					Objects.requireNonNullElse(wanted.homeCountry(), now.homeCountry()),
					Objects.requireNonNullElse(wanted.protection(), now.protectionEnabled()),
					Objects.requireNonNullElse(wanted.dialingCode(), now.dialingCode()),
					Objects.requireNonNullElse(wanted.prefixes(), now.internationalPrefixes()),
					Objects.requireNonNullElse(wanted.allowedCodes(), now.allowedCodes()),
					Objects.requireNonNullElse(wanted.emergencyNumbers(), now.emergencyNumbers()));
		}

	}

}
