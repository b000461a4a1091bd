package io.tollgate.policyfile;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.policy.RestrictionLists;

/**
 * Policies as nobody would make them, by the portal's own services, so that all of them
 * may be. The same seed makes the same ones.
 */
final class RandomPolicies {

	/**
	 * Of whatever a text may hold: quotes, comments, colons, what YAML takes for more.
	 */
	private static final String LETTERS = "abcXYZ019 -_:#'\"{}[]&*!|>%@`,?~/\\äßñé中ψ🙂.+=";

	private final Policies policies;

	private final RestrictionLists lists;

	private final PbxRegistry pbxs;

	private final Random random;

	RandomPolicies(Policies policies, RestrictionLists lists, PbxRegistry pbxs, long seed) {
		this.policies = policies;
		this.lists = lists;
		this.pbxs = pbxs;
		this.random = new Random(seed);
	}

	/**
	 * Makes one.
	 * @param mark begins its name
	 * @return its id
	 */
	long make(String mark) {
		var homes = List.copyOf(new TreeSet<>(NumberingPlan.homeCountries()));
		long id = ((Changed) this.policies.create(mark + text(63 - mark.length()), any(homes), null)).rules().id();
		this.policies.setProtection(id, this.random.nextBoolean());
		this.policies.setRepairsByItself(id, this.random.nextBoolean());
		this.policies.setDialingCode(id, this.random.nextBoolean() ? digits(1, 3) : "00");
		this.policies.setEmergencyNumbers(id, some(5, () -> digits(2, 6)));
		this.policies.setPrefixes(id, some(5, () -> this.random.nextInt(4) == 0 ? "+" : digits(1, 6)));
		this.policies.allow(id,
				CallingCodes.all()
					.stream()
					.map(CallingCodeEntry::code)
					.filter((code) -> this.random.nextInt(5) == 0)
					.collect(Collectors.toSet()));
		Arrays.stream(RestrictionPreset.values())
			.filter((preset) -> this.random.nextInt(3) == 0)
			.forEach((preset) -> this.lists.setPreset(id, preset, true));
		for (var entry : some(12, () -> this.random.nextInt(6) == 0 ? "1XXX" + (200 + this.random.nextInt(800))
				: "1234567890".charAt(this.random.nextInt(9)) + digits(0, 9))) {
			this.lists.add(id, Map.of(entry, this.random.nextBoolean() ? text(80) : ""));
		}
		return id;
	}

	/**
	 * A PBX of that policy, with some who are exempted from what it restricts.
	 * @param place another one for each PBX
	 */
	long pbx(long policy, String name, int place) {
		long pbx = this.pbxs
			.add(new NewPbx(new PbxConnection(name, "192.0.2.7", 5038 + place, false, null, "tollgate"), false, policy),
					"marker-secret-of-a-file")
			.id();
		this.lists.list(policy).forEach((each) -> {
			if (this.random.nextBoolean()) {
				var preset = each.preset();
				this.lists.exempt(pbx, digits(3, 5), (preset != null) ? preset.name() : each.entry(),
						this.random.nextBoolean() ? null
								: Instant.parse("2099-01-01T00:00:00Z").plusSeconds(this.random.nextInt(99_999_999)));
			}
		});
		return pbx;
	}

	private <T> T any(List<T> all) {
		return all.get(this.random.nextInt(all.size()));
	}

	private SortedSet<String> some(int most, Supplier<String> one) {
		var all = new TreeSet<String>();
		IntStream.rangeClosed(0, this.random.nextInt(most)).forEach((at) -> all.add(one.get()));
		return all;
	}

	private String digits(int least, int most) {
		return this.random.ints(this.random.nextInt(least, most + 1), '0', '9' + 1)
			.mapToObj((digit) -> String.valueOf((char) digit))
			.collect(Collectors.joining());
	}

	private String text(int most) {
		var letters = LETTERS.codePoints().toArray();
		var text = new StringBuilder();
		int length = this.random.nextInt(most / 2);
		while (text.length() < length) {
			text.appendCodePoint(letters[this.random.nextInt(letters.length)]);
		}
		return text.toString().strip();
	}

}
