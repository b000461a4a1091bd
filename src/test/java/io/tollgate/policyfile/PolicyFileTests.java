package io.tollgate.policyfile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tollgate.lab.Seeds;
import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.numbering.RestrictionPreset;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is written is read as it was, is as the schema says, and what is wrong has a line.
 */
class PolicyFileTests {

	private static final List<String> NAMES = List.of("Default", "Nueva España", "true", "1900", "a: b # c", "- x",
			"\"quoted\"", "'", "{}", "null", "東京", "☎ 112", "&a *b", "tab-less", "%", "@x", "~");

	@Test
	void isReadAsItWasWritten() throws Exception {
		var schema = schema();
		Seeds.each("files of policies", 40, 1, (seed) -> {
			var policies = new Made(new Random(seed)).policies();
			var text = PolicyFileWriter.write(policies);
			var read = PolicyFileReader.read(text);
			assertThat(read.policies()).as(text).isEqualTo(policies);
			assertThat(PolicyFileWriter.write(read.policies())).isEqualTo(text);
			assertThat(schema.validate(json(text), InputFormat.JSON)).as(text).isEmpty();
		});
	}

	@Test
	void schemaRefusesWhatTheReaderRefuses() throws Exception {
		var schema = schema();
		for (var policy : List.of("color: red", "dialingCode: \"0x\"", "allowedCountries: [Narnia]",
				"emergencyNumbers: []", "protection: maybe", "restrictions: {presets: [none]}",
				"restrictions: {numbers: [{number: \"0900\"}]}", "restrictions: {numbers: [{note: x}]}",
				"exemptions: [{pbx: A, extension: \"1\", group: B, number: \"+1\"}]")) {
			var text = "version: 1\npolicies:\n  - name: X\n    " + policy + "\n";
			assertThat(schema.validate(json(text), InputFormat.JSON)).as(text).isNotEmpty();
			assertThat(faults(text)).as(text).isNotEmpty().allMatch((fault) -> fault.contains(":4 "));
		}
	}

	@Test
	void everyMistakeHasItsPathAndLine() {
		assertThat(faults("""
				version: 2
				policies:
				  - name: A
				    color: red
				    protection: "yes"
				    dialingCode: "00"
				    dialingCode: "011"
				    prefixes: ["+", x]
				    allowedCountries:
				      - AR
				      - Narnia
				  - homeCountry: US
				  - name: a
				    emergencyNumbers: []
				""")).containsExactly("/version:1 version", "/policies/0/color:4 unknown",
				"/policies/0/protection:5 truth", "/policies/0/dialingCode:7 twice", "/policies/0/prefixes/1:8 prefix",
				"/policies/0/allowedCountries/1:11 country", "/policies/1:12 missing", "/policies/2:13 policy-twice",
				"/policies/2/emergencyNumbers:14 emergency-missing");
	}

	@Test
	void readsNorwayAndNumbersWithoutQuotes() {
		var read = PolicyFileReader.read("""
				version: 1
				policies:
				  - {name: A, allowedCountries: [NO, +54, us], dialingCode: 00, emergencyNumbers: [112, 0911]}
				""").policies().getFirst();
		assertThat(read.allowedCodes()).containsExactly("1", "47", "54");
		assertThat(read.dialingCode()).isEqualTo("00");
		assertThat(read.emergencyNumbers()).containsExactly("0911", "112");
	}

	@Test
	void makesNothingOfTricks() {
		assertThat(faults("a: &a [x]\nb: [*a, *a]")).containsExactly(":1 yaml");
		assertThat(faults("[".repeat(9_000))).containsExactly(":1 yaml");
		assertThat(faults("version: 1\npolicies: [}")).containsExactly(":2 yaml");
		assertThat(faults("version: 1\n---\nversion: 1")).containsExactly(":2 yaml");
		assertThat(faults("\n# " + "x".repeat(10_001))).containsExactly(":2 line");
		assertThat(faults("# x\n".repeat(1_000_001))).containsExactly(":1 long");
		assertThat(faults("")).containsExactly(":1 empty");
		assertThat(faults("!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://localhost\"]]"))
			.containsExactly(":1 yaml");
	}

	private static List<String> faults(String text) {
		var thrown = catchThrowableOfType(FaultyFileException.class, () -> PolicyFileReader.read(text));
		return thrown.faults()
			.stream()
			.map((fault) -> fault.path() + ":" + fault.line() + " "
					+ fault.what().getCodes()[0].replace("policyfile.wrong.", ""))
			.toList();
	}

	private static Schema schema() throws Exception {
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(PolicySchemaCommand.schema());
	}

	private static String json(String yaml) {
		Map<String, Object> tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
		return JsonMapper.shared().writeValueAsString(tree);
	}

	/** Any policies at all. */
	private record Made(Random random) {

		List<WrittenPolicy> policies() {
			var names = new ArrayList<>(NAMES);
			Collections.shuffle(names, this.random);
			return IntStream.range(0, this.random.nextInt(4)).mapToObj((at) -> policy(names.get(at))).toList();
		}

		private WrittenPolicy policy(String name) {
			return new WrittenPolicy(name, pick(List.copyOf(NumberingPlan.homeCountries())), this.random.nextBoolean(),
					pick(List.of("00", "011", "0011")), some(List.of("+", "00", "9011")),
					some(CallingCodes.all().stream().map(CallingCodeEntry::code).toList()),
					new TreeSet<>(List.of("112")), this.random.nextBoolean(), some(List.of(RestrictionPreset.values())),
					some(List.of("1900", "1XXX976", "44", "881", "1")).stream()
						.map((entry) -> new WrittenNumber(entry, this.random.nextBoolean() ? "" : pick(NAMES)))
						.toList(),
					exemptions());
		}

		private List<WrittenExemption> exemptions() {
			return IntStream.range(0, this.random.nextInt(3))
				.mapToObj((at) -> new WrittenExemption(pick(NAMES), this.random.nextBoolean(), pick(NAMES) + at,
						this.random.nextBoolean() ? "1900" : pick(List.of(RestrictionPreset.values())).name(),
						this.random.nextBoolean() ? null : Instant.ofEpochSecond(this.random.nextInt())))
				.toList();
		}

		private <T> T pick(List<T> all) {
			return all.get(this.random.nextInt(all.size()));
		}

		private <T extends Comparable<T>> TreeSet<T> some(List<T> all) {
			return all.stream()
				.filter((each) -> this.random.nextInt(3) == 0)
				.collect(Collectors.toCollection(TreeSet::new));
		}

	}

}
