package io.tollgate.policyfile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.ExtensionNumbers;
import io.tollgate.policy.GrantedExemption;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyRules;
import io.tollgate.policy.Restriction;
import io.tollgate.policy.RestrictionLists;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The policies as they are, as a file would say them. */
@Service
@Transactional(readOnly = true)
class WrittenPolicies {

	private final Policies policies;

	private final RestrictionLists lists;

	private final PbxRegistry pbxs;

	WrittenPolicies(Policies policies, RestrictionLists lists, PbxRegistry pbxs) {
		this.policies = policies;
		this.lists = lists;
		this.pbxs = pbxs;
	}

	/** Those policies as a file, by name. */
	String file(Collection<PolicyRules> wanted) {
		return PolicyFileWriter.write(wanted.stream()
			.sorted(Comparator.comparing(PolicyRules::name, String.CASE_INSENSITIVE_ORDER)
				.thenComparing(PolicyRules::name))
			.map(this::of)
			.toList());
	}

	/** All that a file says of a policy. */
	WrittenPolicy of(PolicyRules rules) {
		var prefixes = new TreeSet<>(rules.internationalPrefixes());
		prefixes.remove(rules.dialingCode());
		var presets = new TreeSet<RestrictionPreset>();
		var numbers = new ArrayList<WrittenNumber>();
		var restrictions = this.lists.list(rules.id());
		for (var each : restrictions) {
			var preset = each.preset();
			if (preset != null) {
				presets.add(preset);
			}
			else {
				numbers.add(new WrittenNumber(each.entry(), each.label()));
			}
		}
		numbers.sort(Comparator.comparing(WrittenNumber::entry));
		return new WrittenPolicy(rules.name(), rules.homeCountry(), rules.protectionEnabled(), rules.dialingCode(),
				prefixes, rules.allowedCodes(), rules.emergencyNumbers(), this.policies.repairsByItself(rules.id()),
				presets, numbers, exemptions(rules.id(), restrictions));
	}

	/** Those that are for something that is restricted: others have no effect. */
	private List<WrittenExemption> exemptions(long policyId, List<Restriction> restrictions) {
		Map<Long, String> names = new HashMap<>();
		this.pbxs.ofPolicy(policyId).forEach((pbx) -> names.put(pbx.id(), pbx.name()));
		var groups = names.isEmpty() ? Map.<Long, SortedMap<String, String>>of() : this.lists.groups(names.keySet());
		return this.lists.exemptionsOn(names.keySet())
			.stream()
			.filter((granted) -> !RestrictionLists.entries(granted, restrictions).isEmpty())
			.map((granted) -> written(granted, names.getOrDefault(granted.pbxId(), ""),
					groups.getOrDefault(granted.pbxId(), new TreeMap<>())))
			.sorted(Comparator.comparing(WrittenExemption::pbx)
				.thenComparing(WrittenExemption::group)
				.thenComparing(WrittenExemption::who)
				.thenComparing(WrittenExemption::target))
			.toList();
	}

	private static WrittenExemption written(GrantedExemption granted, String pbx, Map<String, String> groups) {
		boolean group = granted.extension().startsWith(ExtensionNumbers.GROUP);
		var who = group ? granted.extension().substring(ExtensionNumbers.GROUP.length()) : granted.extension();
		return new WrittenExemption(pbx, group, group ? groups.getOrDefault(who, who) : who, granted.target(),
				granted.until());
	}

}
