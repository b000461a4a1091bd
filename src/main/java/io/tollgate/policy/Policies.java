package io.tollgate.policy;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.policy.PolicyChange.ChangedMeanwhile;
import io.tollgate.policy.PolicyChange.CodesUnknown;
import io.tollgate.policy.PolicyChange.CountryUnknown;
import io.tollgate.policy.PolicyChange.DialingCodeInvalid;
import io.tollgate.policy.PolicyChange.EmergencyInvalid;
import io.tollgate.policy.PolicyChange.EmergencyMissing;
import io.tollgate.policy.PolicyChange.EmergencyStartsWithDialingCode;
import io.tollgate.policy.PolicyChange.Gone;
import io.tollgate.policy.PolicyChange.HomeIsRestricted;
import io.tollgate.policy.PolicyChange.InUse;
import io.tollgate.policy.PolicyChange.LastPolicy;
import io.tollgate.policy.PolicyChange.NameInvalid;
import io.tollgate.policy.PolicyChange.NameTaken;
import io.tollgate.policy.PolicyChange.PrefixInvalid;
import io.tollgate.policy.PolicyChange.Refused;
import io.tollgate.policy.PolicyChange.Unchanged;
import io.tollgate.policy.RestrictionChange.OwnCountry;
import io.tollgate.policy.StoredPolicies.Head;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static java.util.stream.Collectors.joining;

/**
 * The dialing policies. A policy serves many PBXs, a PBX has one policy.
 * <p>
 * Every change holds the policy's row for its transaction, so changes by several people
 * happen one after the other; switching different codes commutes. A change that changes
 * something raises the revision by one and leaves one audit event. Who is limited to some
 * PBXs finds and changes what {@link PolicyScope} says.
 */
@Service
public class Policies {

	/** Spellings of "abroad" that phones and people use in every country. */
	static final Set<String> USUAL_PREFIXES = Set.of("+", "00", "011");

	private final StoredPolicies stored;

	private final StoredRestrictions restrictions;

	private final PbxRegistry pbxs;

	private final PolicyScope scope;

	private final AuditTrail trail;

	Policies(StoredPolicies stored, StoredRestrictions restrictions, PbxRegistry pbxs, PolicyScope scope,
			AuditTrail trail) {
		this.stored = stored;
		this.restrictions = restrictions;
		this.pbxs = pbxs;
		this.scope = scope;
		this.trail = trail;
	}

	/** All policies, the oldest, usually <i>Default</i>, first. Two queries. */
	@Transactional(readOnly = true)
	public List<PolicyRules> all() {
		return rules(this.scope.seen(this.stored.heads(), Head::getId));
	}

	/** Names by id, the oldest policy first. One query. */
	@Transactional(readOnly = true)
	public Map<Long, String> names() {
		var names = new LinkedHashMap<Long, String>();
		this.scope.seen(this.stored.heads(), Head::getId).forEach((head) -> names.put(head.getId(), head.getName()));
		return names;
	}

	/**
	 * The rules of the policy of a PBX. Two queries.
	 * @throws NoSuchElementException without such a policy
	 */
	@Transactional(readOnly = true)
	public PolicyRules rules(long id) {
		return stored(id).orElseThrow(() -> new NoSuchElementException("policy " + id));
	}

	/** The rules of several policies by id. Two queries. */
	@Transactional(readOnly = true)
	public Map<Long, PolicyRules> rules(Collection<Long> ids) {
		return rules(this.stored.heads().stream().filter((head) -> ids.contains(head.getId())).toList()).stream()
			.collect(Collectors.toMap(PolicyRules::id, Function.identity()));
	}

	/** The rules of one policy, empty without such a policy. Two queries. */
	@Transactional(readOnly = true)
	public Optional<PolicyRules> find(long id) {
		return this.scope.sees(id) ? stored(id) : Optional.empty();
	}

	private Optional<PolicyRules> stored(long id) {
		return this.stored.head(id).map((head) -> rules(List.of(head)).getFirst());
	}

	/**
	 * A number that rises with every change to that policy.
	 * @throws NoSuchElementException without such a policy
	 */
	@Transactional(readOnly = true)
	public long revision(long id) {
		return this.stored.head(id).orElseThrow(() -> new NoSuchElementException("policy " + id)).getRevision();
	}

	/** The revisions of all policies, by id. One query. */
	@Transactional(readOnly = true)
	public Map<Long, Long> revisions() {
		var revisions = new LinkedHashMap<Long, Long>();
		this.stored.heads().forEach((head) -> revisions.put(head.getId(), head.getRevision()));
		return revisions;
	}

	/**
	 * Creates a policy. The dialing code and the emergency numbers are those of the home
	 * country where it differs from the copied one's.
	 * @param name 1-63 characters
	 * @param homeCountry ISO 3166 alpha-2
	 * @param copyFrom the policy to start from; {@code null} starts with the protection
	 * off and nothing allowed
	 */
	@Transactional
	public PolicyChange create(String name, String homeCountry, @Nullable Long copyFrom) {
		this.scope.requireUnlimited();
		var wanted = name.strip();
		var others = this.stored.lockAll();
		var refused = nameRefused(wanted, others, null);
		if (refused != null) {
			return refused;
		}
		if (!isHomeCountry(homeCountry)) {
			return new CountryUnknown();
		}
		var plan = NumberingPlan.of(homeCountry);
		var start = new PolicyRules(0, wanted, homeCountry, false, plan.dialingCode(), new TreeSet<>(USUAL_PREFIXES),
				new TreeSet<>(), emergencyNumbers(plan));
		if (copyFrom != null) {
			var source = others.stream().filter((policy) -> policy.id().equals(copyFrom)).findFirst();
			if (source.isEmpty()) {
				return new Gone();
			}
			start = copy(source.get().rules(), start);
		}
		var policy = new Policy();
		policy.become(start);
		this.stored.saveAndFlush(policy);
		var rules = policy.rules();
		var restricted = (copyFrom != null) ? copyRestrictions(copyFrom, rules) : "";
		this.trail.record("policy.created", object(rules), null, PolicyWords.all(rules) + restricted);
		return new Changed(start, rules);
	}

	/** What would restrict the whole home country of the new policy stays out. */
	private String copyRestrictions(long from, PolicyRules rules) {
		var kept = this.restrictions.findByPolicyIdOrderByEntry(from)
			.stream()
			.map(StoredRestriction::restriction)
			.filter((restriction) -> RestrictionEntry.refused(restriction.entry(), rules) == null)
			.toList();
		this.restrictions
			.saveAll(kept.stream().map((restriction) -> new StoredRestriction(rules.id(), restriction)).toList());
		var words = RestrictionWords.of(kept, List.of());
		return (words != null) ? "\n" + words : "";
	}

	private static PolicyRules copy(PolicyRules source, PolicyRules start) {
		if (source.homeCountry().equals(start.homeCountry())) {
			return source.as(0, start.name());
		}
		return start.withProtection(source.protectionEnabled())
			.withAllowedCodes(source.allowedCodes())
			.withPrefixes(source.internationalPrefixes());
	}

	/** The plan's emergency numbers, as far as the policy's own rules for them allow. */
	static TreeSet<String> emergencyNumbers(NumberingPlan plan) {
		var numbers = new TreeSet<>(plan.emergencyNumbers());
		numbers.removeIf((number) -> emergencyRefused(number, plan.dialingCode()) != null);
		if (numbers.isEmpty()) {
			numbers.add("112");
		}
		return numbers;
	}

	/**
	 * Has nobody else change, add or delete a policy until the transaction ends, for who
	 * compares before they write.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void hold() {
		this.stored.lockAll();
	}

	/** Gives the policy another name, 1-63 characters. */
	@Transactional
	public PolicyChange rename(long id, String name) {
		return rename(id, name, null);
	}

	@Transactional
	PolicyChange rename(long id, String name, @Nullable String seen) {
		var wanted = name.strip();
		var refused = nameRefused(wanted, this.stored.lockAll(), id);
		return change(id, "policy.renamed", (rules) -> (refused != null) ? refused
				: ifSeen(seen, rules.name(), new Changed(rules, rules.withName(wanted))));
	}

	/** Deletes a policy that serves no PBX and is not the last. */
	@Transactional
	public PolicyChange delete(long id) {
		this.scope.requireUnlimited();
		var all = this.stored.lockAll();
		var policy = all.stream().filter((candidate) -> candidate.id().equals(id)).findFirst().orElse(null);
		if (policy == null) {
			return new Gone();
		}
		var served = this.pbxs.ofPolicy(id);
		if (!served.isEmpty()) {
			return new InUse(served.stream().map(Pbx::name).toList());
		}
		if (all.size() == 1) {
			return new LastPolicy();
		}
		var rules = policy.rules();
		this.stored.delete(policy);
		this.trail.record("policy.deleted", object(rules), PolicyWords.all(rules), null);
		return new Changed(rules, rules);
	}

	/** Switches the Allowed Country/Region Code Dialing Protection. */
	@Transactional
	public PolicyChange setProtection(long id, boolean enabled) {
		return change(id, enabled ? "policy.protection.enabled" : "policy.protection.disabled",
				(rules) -> new Changed(rules, rules.withProtection(enabled)));
	}

	/**
	 * Sets the International Dialing Code. The one before goes on counting as
	 * international until it is removed from the prefixes.
	 * @param code digits, 1-6
	 */
	@Transactional
	public PolicyChange setDialingCode(long id, String code) {
		return setDialingCode(id, code, null);
	}

	@Transactional
	PolicyChange setDialingCode(long id, String code, @Nullable String seen) {
		var wanted = code.strip();
		return change(id, "policy.dialing-code.changed", (rules) -> {
			if (!wanted.matches("[0-9]{1,6}")) {
				return new DialingCodeInvalid();
			}
			for (String number : rules.emergencyNumbers()) {
				if (number.startsWith(wanted)) {
					return new EmergencyStartsWithDialingCode(number, wanted);
				}
			}
			return ifSeen(seen, rules.dialingCode(), new Changed(rules, rules.withDialingCode(wanted)));
		});
	}

	/**
	 * Sets what makes a dialled number international. The dialing code is always one of
	 * them.
	 * @param prefixes each {@code +} or 1-6 digits
	 */
	@Transactional
	public PolicyChange setPrefixes(long id, Set<String> prefixes) {
		return setPrefixes(id, prefixes, null);
	}

	@Transactional
	PolicyChange setPrefixes(long id, Set<String> prefixes, @Nullable Set<String> seen) {
		return change(id, "policy.prefixes.changed", (rules) -> {
			for (String prefix : prefixes) {
				if (!isPrefix(prefix)) {
					return new PrefixInvalid(prefix);
				}
			}
			return ifSeen(seen, rules.internationalPrefixes(), new Changed(rules, rules.withPrefixes(prefixes)));
		});
	}

	/**
	 * Has one more prefix, {@code +} or 1-6 digits, make a dialled number international.
	 */
	@Transactional
	public PolicyChange addPrefix(long id, String prefix) {
		return change(id, "policy.prefixes.changed", (rules) -> {
			if (!isPrefix(prefix)) {
				return new PrefixInvalid(prefix);
			}
			var prefixes = new TreeSet<>(rules.internationalPrefixes());
			prefixes.add(prefix);
			return new Changed(rules, rules.withPrefixes(prefixes));
		});
	}

	/** Allows calls to those calling codes, digits. The others stay as they are. */
	@Transactional
	public PolicyChange allow(long id, Set<String> codes) {
		return change(id, "policy.country.allowed", (rules) -> withCodes(rules, codes, Set.of()));
	}

	/** Blocks calls to those calling codes, digits. The others stay as they are. */
	@Transactional
	public PolicyChange block(long id, Set<String> codes) {
		return change(id, "policy.country.blocked", (rules) -> withCodes(rules, Set.of(), codes));
	}

	/** Both at once, in one event. */
	@Transactional
	PolicyChange allowAndBlock(long id, Set<String> allow, Set<String> block) {
		return change(id, "policy.country.changed", (rules) -> withCodes(rules, allow, block));
	}

	private static PolicyChange withCodes(PolicyRules rules, Set<String> allow, Set<String> block) {
		var unknown = new TreeSet<>(allow);
		unknown.addAll(block);
		unknown.removeIf((code) -> CallingCodes.find(code).isPresent());
		if (!unknown.isEmpty()) {
			return new CodesUnknown(unknown);
		}
		var codes = new TreeSet<>(rules.allowedCodes());
		codes.addAll(allow);
		codes.removeAll(block);
		return new Changed(rules, rules.withAllowedCodes(codes));
	}

	/**
	 * Sets the numbers that always pass.
	 * @param numbers each 2-6 digits, none beginning with the dialing code; at least one
	 */
	@Transactional
	public PolicyChange setEmergencyNumbers(long id, Set<String> numbers) {
		return setEmergencyNumbers(id, numbers, null);
	}

	@Transactional
	PolicyChange setEmergencyNumbers(long id, Set<String> numbers, @Nullable Set<String> seen) {
		return change(id, "policy.emergency-numbers.changed", (rules) -> {
			if (numbers.isEmpty()) {
				return new EmergencyMissing();
			}
			for (String number : numbers) {
				var refused = emergencyRefused(number, rules.dialingCode());
				if (refused != null) {
					return refused;
				}
			}
			return ifSeen(seen, rules.emergencyNumbers(), new Changed(rules, rules.withEmergencyNumbers(numbers)));
		});
	}

	/**
	 * Says where the PBXs of the policy stand. Suggests a dialing code and emergency
	 * numbers to people, changes neither.
	 * @param iso ISO 3166 alpha-2
	 */
	@Transactional
	public PolicyChange setHomeCountry(long id, String iso) {
		return setHomeCountry(id, iso, null);
	}

	@Transactional
	PolicyChange setHomeCountry(long id, String iso, @Nullable String seen) {
		return change(id, "policy.home-country.changed", (rules) -> {
			if (!isHomeCountry(iso)) {
				return new CountryUnknown();
			}
			var moved = rules.withHomeCountry(iso);
			var refused = homeRefused(moved);
			return (refused != null) ? refused : ifSeen(seen, rules.homeCountry(), new Changed(rules, moved));
		});
	}

	/**
	 * Sets everything but the name to the given rules, in one event.
	 * @param rules the rules to return to; they name the policy by their id
	 */
	@Transactional
	public PolicyChange restore(PolicyRules rules) {
		return change(rules.id(), "policy.restored",
				(current) -> new Changed(current, rules.as(current.id(), current.name())));
	}

	/**
	 * Sets several rules at once, in one event, when all of them together may be so.
	 * @param wish from the rules as they are to those that are wanted; a name is not
	 * changed
	 */
	@Transactional
	public PolicyChange set(long id, UnaryOperator<PolicyRules> wish) {
		return change(id, "policy.changed", (rules) -> {
			var wanted = wish.apply(rules).as(rules.id(), rules.name());
			var refused = refused(wanted);
			if (refused == null && !wanted.homeCountry().equals(rules.homeCountry())) {
				refused = homeRefused(wanted);
			}
			return (refused != null) ? refused : new Changed(rules, wanted);
		});
	}

	private static @Nullable Refused refused(PolicyRules wanted) {
		if (!isHomeCountry(wanted.homeCountry())) {
			return new CountryUnknown();
		}
		for (String prefix : wanted.internationalPrefixes()) {
			if (!isPrefix(prefix)) {
				return new PrefixInvalid(prefix);
			}
		}
		for (String number : wanted.emergencyNumbers()) {
			var refused = emergencyRefused(number, wanted.dialingCode());
			if (refused != null) {
				return refused;
			}
		}
		return (withCodes(wanted, wanted.allowedCodes(), Set.of()) instanceof Refused refused) ? refused : null;
	}

	private @Nullable Refused homeRefused(PolicyRules moved) {
		for (StoredRestriction stored : this.restrictions.findByPolicyIdOrderByEntry(moved.id())) {
			var entry = stored.restriction().entry();
			if (RestrictionEntry.refused(entry, moved) instanceof OwnCountry) {
				return new HomeIsRestricted("+" + entry);
			}
		}
		return null;
	}

	/** Whether what a hand changed on a PBX is brought back without asking. */
	@Transactional(readOnly = true)
	public boolean repairsByItself(long id) {
		return this.stored.repairsByItself(id).orElse(false);
	}

	/** Those of the policies whose PBXs are brought back without asking. One query. */
	@Transactional(readOnly = true)
	public Set<Long> repairingByThemselves() {
		return this.stored.repairing();
	}

	/** Sets what is done about a PBX that was changed by hand. */
	@Transactional
	public PolicyChange setRepairsByItself(long id, boolean repairs) {
		this.scope.requireEditable(id);
		var policy = this.stored.lock(id).orElse(null);
		if (policy == null) {
			return new Gone();
		}
		var rules = policy.rules();
		if (policy.repairsByItself() == repairs) {
			return new Unchanged(rules);
		}
		policy.repairByItself(repairs);
		policy.touch();
		this.trail.record("policy.repairs.changed", object(rules), repairs ? "ask" : "repair at once",
				repairs ? "repair at once" : "ask");
		return new Changed(rules, rules);
	}

	/** Carries out what the proposal wants, under the policy's lock. */
	private PolicyChange change(long id, String action, Function<PolicyRules, PolicyChange> proposal) {
		this.scope.requireEditable(id);
		var policy = this.stored.lock(id).orElse(null);
		if (policy == null) {
			return new Gone();
		}
		var before = policy.rules();
		return switch (proposal.apply(before)) {
			case Changed(var _, var wanted) when wanted.equals(before) -> new Unchanged(before);
			case Changed(var _, var wanted) -> {
				policy.become(wanted);
				var words = PolicyWords.of(before, wanted);
				this.trail.record(action, object(wanted), words.before(), words.after());
				yield new Changed(before, wanted);
			}
			case Unchanged unchanged -> unchanged;
			case Refused refused -> refused;
		};
	}

	/**
	 * Forms send along the value that they showed. Comparing values, not revisions, lets
	 * people work on different settings of one policy at once.
	 */
	private static PolicyChange ifSeen(@Nullable Object seen, Object now, Changed proposal) {
		if (seen == null || seen.equals(now)) {
			return proposal;
		}
		return new ChangedMeanwhile((now instanceof Collection<?> several)
				? several.stream().map(Object::toString).collect(joining(", ")) : now.toString());
	}

	private static @Nullable Refused nameRefused(String name, List<Policy> all, @Nullable Long self) {
		if (name.isEmpty() || name.length() > 63 || name.chars().anyMatch(Character::isISOControl)) {
			return new NameInvalid();
		}
		for (Policy other : all) {
			if (!other.id().equals(self) && other.name().equalsIgnoreCase(name)) {
				return new NameTaken(other.name());
			}
		}
		return null;
	}

	private static @Nullable Refused emergencyRefused(String number, String dialingCode) {
		if (!number.matches("[0-9]{2,6}")) {
			return new EmergencyInvalid(number);
		}
		return number.startsWith(dialingCode) ? new EmergencyStartsWithDialingCode(number, dialingCode) : null;
	}

	private static boolean isPrefix(String prefix) {
		return prefix.matches("\\+|[0-9]{1,6}");
	}

	private static boolean isHomeCountry(String iso) {
		return NumberingPlan.homeCountries().contains(iso);
	}

	private static AuditObject object(PolicyRules rules) {
		return AuditObject.of("policy", rules.id(), rules.name());
	}

	private List<PolicyRules> rules(List<Head> heads) {
		var sets = new HashMap<Long, Map<String, SortedSet<String>>>();
		for (var each : this.stored.entries(heads.stream().map(Head::getId).toList())) {
			sets.computeIfAbsent(each.policyId(), (_) -> new HashMap<>())
				.computeIfAbsent(each.kind(), (_) -> new TreeSet<>())
				.add(each.entry());
		}
		return heads.stream().map((head) -> rules(head, sets.getOrDefault(head.getId(), Map.of()))).toList();
	}

	private static PolicyRules rules(Head head, Map<String, SortedSet<String>> sets) {
		var none = new TreeSet<String>();
		return new PolicyRules(head.getId(), head.getName(), head.getHomeCountry(), head.isProtectionEnabled(),
				head.getDialingCode(), sets.getOrDefault("P", none), sets.getOrDefault("C", none),
				sets.getOrDefault("E", none));
	}

}
