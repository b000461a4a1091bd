package io.tollgate.policyfile;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.policy.Countries;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import org.springframework.context.support.DefaultMessageSourceResolvable;

/**
 * Reads a file of policies and finds everything that is wrong with it at once, each with
 * its line. Only the tree of the YAML is looked at: no tag makes an object, and a text is
 * what stands there, so that {@code NO} is Norway, quoted or not.
 */
final class PolicyFileReader {

	/** More than anybody reads; a policy with all of its 2,000 numbers is a tenth. */
	static final int LONGEST = 4_000_000;

	/** The parser takes the square of the time for lines that are longer. */
	private static final int LONGEST_LINE = 10_000;

	private static final int DEEPEST = 12;

	private static final int MOST_FAULTS = 100;

	private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,63}");

	private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

	private static final Pattern DIALING_CODE = Pattern.compile("[0-9]{1,6}");

	private static final Pattern PREFIX = Pattern.compile("\\+|[0-9]{1,6}");

	private static final Pattern EMERGENCY = Pattern.compile("[0-9]{2,6}");

	private static final Pattern ENTRY = Pattern.compile("\\+([1-9][0-9]{0,14}|1XXX[2-9][0-9]{2})");

	private static final Pattern NOTE = Pattern.compile("[^\\p{Cntrl}]{0,80}");

	private final List<Fault> faults = new ArrayList<>();

	private final Map<String, Integer> lines = new HashMap<>();

	private PolicyFileReader() {
	}

	/**
	 * Reads it.
	 * @throws FaultyFileException when anything is wrong
	 */
	static PolicyFile read(String text) {
		var reader = new PolicyFileReader();
		var policies = reader.file(tree(text));
		if (!reader.faults.isEmpty()) {
			reader.faults.sort(Comparator.comparingInt(Fault::line));
			throw new FaultyFileException(reader.faults);
		}
		return new PolicyFile(policies, reader.lines);
	}

	/**
	 * The text of a file.
	 * @throws FaultyFileException when it is none
	 */
	static String text(byte[] file) {
		try {
			var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
			if (text.indexOf('\0') < 0) {
				// some editors mark UTF-8
				return text.startsWith("\uFEFF") ? text.substring(1) : text;
			}
		}
		catch (CharacterCodingException ex) {
			throw new FaultyFileException(List.of(fault("", 1, "utf8")));
		}
		throw new FaultyFileException(List.of(fault("", 1, "utf8")));
	}

	private static void requireReadable(String text) {
		if (text.length() > LONGEST) {
			throw new FaultyFileException(List.of(fault("", 1, "long", LONGEST)));
		}
		int line = 1;
		for (var each : (Iterable<String>) text.lines()::iterator) {
			if (each.length() > LONGEST_LINE) {
				throw new FaultyFileException(List.of(fault("", line, "line", LONGEST_LINE)));
			}
			line++;
		}
	}

	private static Place tree(String text) {
		requireReadable(text);
		var options = new LoaderOptions();
		options.setCodePointLimit(LONGEST);
		options.setNestingDepthLimit(DEEPEST);
		options.setMaxAliasesForCollections(0);
		options.setAllowDuplicateKeys(true);
		try {
			var root = new Yaml(options).compose(new StringReader(text));
			if (root == null) {
				throw new FaultyFileException(List.of(fault("", 1, "empty")));
			}
			return new Place("", root);
		}
		catch (MarkedYAMLException ex) {
			var mark = ex.getProblemMark();
			throw new FaultyFileException(List.of(fault("", (mark != null) ? mark.getLine() + 1 : 1, "yaml",
					Objects.requireNonNullElse(ex.getProblem(), ""))));
		}
		catch (YAMLException ex) {
			throw new FaultyFileException(List.of(fault("", 1, "yaml", Objects.requireNonNull(ex.getMessage()))));
		}
	}

	private static Fault fault(String path, int line, String kind, Object... arguments) {
		return new Fault(path, line,
				new DefaultMessageSourceResolvable(new String[] { "policyfile.wrong." + kind }, arguments));
	}

	private void wrong(Place at, String kind, Object... arguments) {
		if (this.faults.size() < MOST_FAULTS) {
			this.faults.add(fault(at.path(), at.line(), kind, arguments));
		}
	}

	private List<WrittenPolicy> file(Place root) {
		var fields = fields(root, "version", "policies");
		var version = fields.get("version");
		if (version == null || !"1".equals(text(version))) {
			wrong((version != null) ? version : root, "version");
		}
		var policies = new ArrayList<WrittenPolicy>();
		var listed = fields.get("policies");
		if (listed == null) {
			wrong(root, "missing", "policies");
			return policies;
		}
		var names = new HashSet<String>();
		for (var each : items(listed)) {
			var policy = policy(each);
			if (!names.add(policy.name().toLowerCase(Locale.ROOT))) {
				wrong(each, "policy-twice", policy.name());
			}
			policies.add(policy);
		}
		return policies;
	}

	private WrittenPolicy policy(Place at) {
		var fields = fields(at, "name", "homeCountry", "protection", "dialingCode", "prefixes", "allowedCountries",
				"emergencyNumbers", "repairsByItself", "restrictions", "exemptions");
		var name = matching(fields, "name", NAME);
		if (name == null && !fields.containsKey("name")) {
			wrong(at, "missing", "name");
		}
		var emergency = fields.get("emergencyNumbers");
		var emergencyNumbers = (emergency != null) ? set(emergency, EMERGENCY, "emergency") : null;
		if (emergency != null && emergencyNumbers != null && emergencyNumbers.isEmpty()) {
			wrong(emergency, "emergency-missing");
		}
		var restrictions = fields.get("restrictions");
		var restricted = (restrictions != null) ? fields(restrictions, "presets", "numbers") : Map.<String, Place>of();
		return new WrittenPolicy(Objects.requireNonNullElse(name, "").strip(), matching(fields, "homeCountry", COUNTRY),
				optional(fields, "protection", this::truth), matching(fields, "dialingCode", DIALING_CODE),
				optional(fields, "prefixes", (place) -> set(place, PREFIX, "prefix")),
				optional(fields, "allowedCountries", this::countries), emergencyNumbers,
				optional(fields, "repairsByItself", this::truth), optional(restricted, "presets", this::presets),
				optional(restricted, "numbers", this::numbers), optional(fields, "exemptions", this::exemptions));
	}

	private SortedSet<String> countries(Place at) {
		var codes = new TreeSet<String>();
		for (var each : items(at)) {
			var named = text(each);
			if (named != null) {
				var found = Countries.codes(named);
				if (found.isEmpty()) {
					wrong(each, "country", named);
				}
				codes.addAll(found);
			}
		}
		return codes;
	}

	private SortedSet<RestrictionPreset> presets(Place at) {
		var presets = new TreeSet<RestrictionPreset>();
		for (var each : items(at)) {
			var preset = preset(each);
			if (preset != null) {
				presets.add(preset);
			}
		}
		return presets;
	}

	private @Nullable RestrictionPreset preset(Place at) {
		var named = text(at);
		for (var preset : RestrictionPreset.values()) {
			if (PolicyFileWriter.word(preset).equals(named)) {
				return preset;
			}
		}
		if (named != null) {
			wrong(at, "preset", named, String.join(", ",
					List.of(RestrictionPreset.values()).stream().map(PolicyFileWriter::word).toList()));
		}
		return null;
	}

	private List<WrittenNumber> numbers(Place at) {
		var numbers = new ArrayList<WrittenNumber>();
		var known = new HashSet<String>();
		for (var each : items(at)) {
			var fields = fields(each, "number", "note");
			var number = fields.get("number");
			var entry = (number != null) ? entry(number) : null;
			var note = matching(fields, "note", NOTE);
			if (number == null) {
				wrong(each, "missing", "number");
			}
			else if (entry != null && !known.add(entry)) {
				wrong(number, "number-twice", entry);
			}
			numbers.add(new WrittenNumber(Objects.requireNonNullElse(entry, ""),
					Objects.requireNonNullElse(note, "").strip()));
		}
		return numbers;
	}

	/** {@code +1 900}, {@code +1 XXX 976}: the digits, without plus sign and blanks. */
	private @Nullable String entry(Place at) {
		var written = text(at);
		var plain = (written != null) ? ENTRY.matcher(written.replace(" ", "")) : null;
		if (plain != null && plain.matches()) {
			return plain.group(1);
		}
		if (written != null) {
			wrong(at, "entry", written);
		}
		return null;
	}

	private List<WrittenExemption> exemptions(Place at) {
		var exemptions = new ArrayList<WrittenExemption>();
		var known = new HashSet<List<Object>>();
		for (var each : items(at)) {
			var fields = fields(each, "pbx", "extension", "group", "number", "preset", "until");
			one(each, fields, "extension", "group");
			one(each, fields, "number", "preset");
			var pbx = optional(fields, "pbx", this::text);
			if (pbx == null) {
				wrong(each, "missing", "pbx");
			}
			var group = optional(fields, "group", this::text);
			var extension = optional(fields, "extension", this::text);
			var preset = optional(fields, "preset", this::preset);
			var entry = optional(fields, "number", this::entry);
			var exemption = new WrittenExemption(Objects.requireNonNullElse(pbx, ""), group != null,
					(group != null) ? group : Objects.requireNonNullElse(extension, ""),
					(preset != null) ? preset.name() : Objects.requireNonNullElse(entry, ""),
					optional(fields, "until", this::moment));
			if (!known.add(List.of(exemption.pbx(), exemption.group(), exemption.who(), exemption.target()))) {
				wrong(each, "exemption-twice");
			}
			exemptions.add(exemption);
		}
		return exemptions;
	}

	private void one(Place at, Map<String, Place> fields, String one, String other) {
		if (fields.containsKey(one) == fields.containsKey(other)) {
			wrong(at, "one-of", one, other);
		}
	}

	private @Nullable Instant moment(Place at) {
		var written = text(at);
		try {
			return (written != null) ? OffsetDateTime.parse(written).toInstant().truncatedTo(ChronoUnit.SECONDS) : null;
		}
		catch (DateTimeException ex) {
			wrong(at, "time", written);
			return null;
		}
	}

	private @Nullable Boolean truth(Place at) {
		var written = text(at);
		if (written != null && !"true".equals(written) && !"false".equals(written)) {
			wrong(at, "truth", written);
		}
		return Boolean.valueOf(written);
	}

	private SortedSet<String> set(Place at, Pattern pattern, String kind) {
		var values = new TreeSet<String>();
		for (var each : items(at)) {
			var value = text(each);
			if (value != null && !pattern.matcher(value).matches()) {
				wrong(each, kind, value);
			}
			else if (value != null) {
				values.add(value);
			}
		}
		return values;
	}

	private @Nullable String matching(Map<String, Place> fields, String field, Pattern pattern) {
		var at = fields.get(field);
		var value = (at != null) ? text(at) : null;
		if (at != null && value != null && !pattern.matcher(value.strip()).matches()) {
			wrong(at, "field." + field, value);
		}
		return value;
	}

	private static <T> @Nullable T optional(Map<String, Place> fields, String field,
			Function<Place, @Nullable T> reader) {
		var at = fields.get(field);
		return (at != null) ? reader.apply(at) : null;
	}

	private @Nullable String text(Place at) {
		if (at.node() instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
			return scalar.getValue();
		}
		wrong(at, "text");
		return null;
	}

	private List<Place> items(Place at) {
		var items = new ArrayList<Place>();
		if (at.node() instanceof SequenceNode sequence) {
			sequence.getValue().forEach((node) -> items.add(at.part(String.valueOf(items.size()), node)));
			items.forEach((item) -> this.lines.put(item.path(), item.line()));
		}
		else {
			wrong(at, "list");
		}
		return items;
	}

	private Map<String, Place> fields(Place at, String... known) {
		var fields = new LinkedHashMap<String, Place>();
		if (!(at.node() instanceof MappingNode mapping)) {
			wrong(at, "fields", String.join(", ", known));
			return fields;
		}
		for (var tuple : mapping.getValue()) {
			var key = (tuple.getKeyNode() instanceof ScalarNode scalar) ? scalar.getValue() : "";
			var named = at.part(key, tuple.getKeyNode());
			if (!List.of(known).contains(key)) {
				wrong(named, "unknown", key, String.join(", ", known));
			}
			else if (fields.putIfAbsent(key, at.part(key, tuple.getValueNode())) != null) {
				wrong(named, "twice", key);
			}
			this.lines.putIfAbsent(named.path(), named.line());
		}
		return fields;
	}

	/** A part of the file. */
	private record Place(String path, Node node) {

		Place part(String name, Node part) {
			return new Place(this.path + "/" + name.replace("~", "~0").replace("/", "~1"), part);
		}

		int line() {
			return this.node.getStartMark().getLine() + 1;
		}

	}

}
