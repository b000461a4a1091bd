package io.tollgate.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.tollgate.decision.Snapshot;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.policy.PolicyRules;

/**
 * How a policy reads numbers, what it calls abroad and which restriction it finds. Says
 * what the decision function says, only faster; the tests ask both.
 */
final class PolicyReference {

	private static final int LONGEST_ENTRY = 15;

	private final PolicyRules policy;

	private final NumberingPlan plan;

	private final Set<String> entries;

	private final Set<String> own;

	private final List<String> prefixes;

	private final Map<String, Read> reads = new HashMap<>();

	private final Map<String, List<String>> spellings = new HashMap<>();

	PolicyReference(Snapshot snapshot) {
		this.policy = snapshot.policy();
		this.plan = NumberingPlan.of(this.policy.homeCountry());
		this.entries = snapshot.restrictions().entries();
		this.prefixes = List.copyOf(this.policy.internationalPrefixes());
		this.own = this.plan.ownCodes();
	}

	/** How the policy reads what is dialled, digits with + at most in front. */
	Read read(String dialled) {
		return this.reads.computeIfAbsent(dialled, this::newRead);
	}

	private Read newRead(String dialled) {
		var prefix = longest(this.prefixes, dialled);
		boolean nanp = this.plan.isNanp();
		if (nanp && prefix.length() < 4 && isForeignTerritory(dialled)) {
			return new Read(dialled, true, dialled);
		}
		if (!prefix.isEmpty()) {
			var e164 = dialled.substring(prefix.length());
			return new Read((nanp && e164.startsWith("1")) ? e164 : this.policy.dialingCode() + e164, true, e164);
		}
		if (nanp && dialled.length() >= 10 && isForeignTerritory("1" + dialled)) {
			return new Read(dialled, true, "1" + dialled);
		}
		return new Read(dialled, false, dialled.startsWith("+") ? "" : this.plan.inFull(dialled).orElse(""));
	}

	/** The longest of some prefixes that a number begins with; empty for none. */
	static String longest(Collection<String> prefixes, String number) {
		var longest = "";
		for (var prefix : prefixes) {
			if (prefix.length() > longest.length() && number.startsWith(prefix)) {
				longest = prefix;
			}
		}
		return longest;
	}

	private boolean isForeignTerritory(String e164) {
		return e164.startsWith("1") && CallingCodes.longestMatch(e164)
			.filter((code) -> code.kind() == CallingCodeEntry.Kind.TERRITORY && !this.own.contains(code.code()))
			.isPresent();
	}

	/** Whether a number in full is one of another country. */
	boolean isAbroad(String full) {
		if (this.plan.isNanp()) {
			return !full.startsWith("1") || isForeignTerritory(full);
		}
		return CallingCodes.longestMatch(full).filter((code) -> this.own.contains(code.code())).isEmpty();
	}

	/** The code of a number in full that may not be dialled; empty text if unknown. */
	Optional<String> forbiddenCode(String full) {
		var code = CallingCodes.longestMatch(full).map(CallingCodeEntry::code).orElse("");
		return this.policy.allowedCodes().contains(code) ? Optional.empty() : Optional.of(code);
	}

	String code(String full) {
		return CallingCodes.longestMatch(full).map(CallingCodeEntry::code).orElse("");
	}

	/** The entry that a number in full falls under. */
	Optional<String> entry(String full) {
		if (this.entries.isEmpty()) {
			return Optional.empty();
		}
		for (int length = Math.min(LONGEST_ENTRY, full.length()); length > 0; length--) {
			if (this.entries.contains(full.substring(0, length))) {
				return Optional.of(full.substring(0, length));
			}
		}
		return (full.startsWith("1") && full.length() >= 7) ? exchange(full.substring(4, 7)) : Optional.empty();
	}

	/** The entry that a number without area code falls under. */
	Optional<String> localEntry(String number) {
		return (this.plan.isNanp() && number.length() >= 3 && number.length() <= 9) ? exchange(number.substring(0, 3))
				: Optional.empty();
	}

	private Optional<String> exchange(String digits) {
		return Optional.of("1XXX" + digits).filter(this.entries::contains);
	}

	/** Whether what follows a number in full does not make it another one. */
	boolean isComplete(String full) {
		return full.length() >= ((this.plan.isNanp() && full.startsWith("1")) ? 11 : 8);
	}

	/** All that the policy reads as that number in full. */
	List<String> spellings(String full) {
		return this.spellings.computeIfAbsent(full, this::allSpellings);
	}

	private List<String> allSpellings(String full) {
		var candidates = new TreeSet<String>();
		this.policy.internationalPrefixes().forEach((prefix) -> candidates.add(prefix + full));
		candidates.add(full);
		var code = this.plan.callingCode();
		if (full.startsWith(code)) {
			candidates.add(full.substring(code.length()));
			candidates.add(this.plan.nationalPrefix() + full.substring(code.length()));
		}
		var spellings = new ArrayList<String>();
		for (var candidate : candidates) {
			if (!candidate.isEmpty() && read(candidate).full().equals(full)) {
				spellings.add(candidate);
			}
		}
		return spellings;
	}

	/**
	 * @param form in which the routes see it
	 * @param abroad whether it is international
	 * @param full E.164 digits, empty when it is too short to tell
	 */
	record Read(String form, boolean abroad, String full) {
	}

}
