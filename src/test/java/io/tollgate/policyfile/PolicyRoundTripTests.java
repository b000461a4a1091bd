package io.tollgate.policyfile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyRules;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.support.CommandLine;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever policies there are: their file changes nothing where it was written, and makes
 * the same ones where there were none, down to the byte of the next file. What fails
 * names its seed.
 */
@TollgateTest
class PolicyRoundTripTests {

	private static final String MARK = "Round ";

	private static final int POLICIES = 6;

	@Autowired
	WrittenPolicies written;

	@Autowired
	PolicyImport imports;

	@Autowired
	Policies policies;

	@Autowired
	RestrictionLists lists;

	@Autowired
	PbxRegistry pbxs;

	@TempDir
	Path folder;

	static LongStream seeds() {
		return LongStream.concat(LongStream.of(1, 2, 3), ThreadLocalRandom.current().longs(5));
	}

	@AfterEach
	void clear() {
		this.pbxs.all()
			.stream()
			.filter((pbx) -> pbx.name().startsWith(MARK))
			.forEach((pbx) -> this.pbxs.remove(pbx.id()));
		made().forEach((rules) -> this.policies.delete(rules.id()));
	}

	private List<PolicyRules> made() {
		return this.policies.all().stream().filter((rules) -> rules.name().startsWith(MARK)).toList();
	}

	private RandomPolicies random(long seed) {
		return new RandomPolicies(this.policies, this.lists, this.pbxs, seed);
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void changesNothingWhereItWasWrittenAndMakesTheSameAgain(long seed) {
		var random = random(seed);
		IntStream.range(0, POLICIES).forEach((at) -> random.pbx(random.make(MARK + at), MARK + "PBX " + at, at));
		var file = this.written.file(made());
		assertThat(this.imports.plan(PolicyFileReader.read(file), false).edits()).as("seed %d of%n%s", seed, file)
			.isEmpty();
		// all that it says is gone, but for the PBXs, which are in no file
		for (var rules : made()) {
			this.policies.set(rules.id(), (now) -> this.policies.all().getFirst());
			this.policies.setRepairsByItself(rules.id(), false);
			this.lists.exemptionsOn(this.pbxs.servedBy(rules.id()))
				.forEach((granted) -> this.lists.removeExemption(granted.id()));
			this.lists.set(rules.id(), Map.of(), Set.of());
		}
		assertThat(this.written.file(made())).isNotEqualTo(file);
		this.imports.apply(PolicyFileReader.read(file), false);
		assertThat(this.written.file(made())).as("seed %d", seed).isEqualTo(file);
	}

	/** With the commands, as somebody who sets up a second portal. */
	@Test
	void makesTheSameInAnEmptyDatabase() throws Exception {
		long seed = ThreadLocalRandom.current().nextLong();
		var random = random(seed);
		IntStream.range(0, 3 * POLICIES).forEach((at) -> random.make(MARK + at));
		var text = this.written.file(made());
		var file = Files.writeString(this.folder.resolve("policies.yaml"), text);
		var again = this.folder.resolve("again.yaml");
		var line = new CommandLine(this.folder);
		assertThat(line.run("policy", "apply", "--prune", file.toString())).as("seed %d%n%s", seed, line.err())
			.isZero();
		assertThat(line.run("policy", "export", "--file", again.toString())).as("seed %d", seed).isZero();
		assertThat(Files.readString(again)).as("seed %d", seed).isEqualTo(text);
	}

}
