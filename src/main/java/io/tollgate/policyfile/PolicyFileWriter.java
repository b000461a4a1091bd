package io.tollgate.policyfile;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.CountryNames;
import io.tollgate.numbering.RestrictionPreset;
import io.tollgate.policy.Countries;
import io.tollgate.policy.RestrictionWords;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Writes policies as a file: always the same text for the same policies, in an order that
 * does not depend on when something was added, so that a difference of two files is what
 * was changed.
 */
final class PolicyFileWriter {

	/** As the schema calls itself. */
	static final String SCHEMA = "tollgate-policies-1.schema.json";

	private static final String HEADER = """
			# Dialing policies of Tollgate. What is not named here stays as it is.
			# yaml-language-server: $schema=%s
			""".formatted(SCHEMA);

	/** What no reader of YAML takes for anything but a text. */
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z][a-z-]{2,}");

	private static final List<String> NO_TEXT = List.of("true", "false", "yes", "null", "off");

	private PolicyFileWriter() {
	}

	static String write(Collection<WrittenPolicy> policies) {
		var options = new DumperOptions();
		options.setProcessComments(true);
		options.setIndent(2);
		options.setIndicatorIndent(2);
		options.setIndentWithIndicator(true);
		options.setSplitLines(false);
		options.setLineBreak(DumperOptions.LineBreak.UNIX);
		var out = new StringWriter();
		out.write(HEADER);
		new Yaml(options).serialize(file(policies), out);
		return out.toString();
	}

	/** {@code nanp-offshore}. */
	static String word(RestrictionPreset preset) {
		return preset.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static Node file(Collection<WrittenPolicy> policies) {
		var fields = new Fields();
		fields.add("version", new ScalarNode(Tag.INT, "1", null, null, ScalarStyle.PLAIN));
		fields.add("policies", list(policies.stream().map(PolicyFileWriter::policy).toList()));
		return fields.node();
	}

	private static Node policy(WrittenPolicy policy) {
		var fields = new Fields();
		fields.add("name", text(policy.name()));
		var home = Objects.requireNonNull(policy.homeCountry());
		fields.add("homeCountry", commented(text(home), CountryNames.name(home, Locale.ENGLISH)));
		fields.add("protection", truth(policy.protection()));
		fields.add("dialingCode", text(Objects.requireNonNull(policy.dialingCode())));
		fields.add("prefixes", texts(Objects.requireNonNull(policy.prefixes())));
		fields.add("emergencyNumbers", texts(Objects.requireNonNull(policy.emergencyNumbers())));
		fields.add("allowedCountries", countries(Objects.requireNonNull(policy.allowedCodes())));
		fields.add("repairsByItself", truth(policy.repairsByItself()));
		var restrictions = new Fields();
		restrictions.add("presets",
				texts(Objects.requireNonNull(policy.presets()).stream().map(PolicyFileWriter::word).toList()));
		restrictions.add("numbers",
				list(Objects.requireNonNull(policy.numbers()).stream().map(PolicyFileWriter::number).toList()));
		fields.add("restrictions", restrictions.node());
		fields.add("exemptions",
				list(Objects.requireNonNull(policy.exemptions()).stream().map(PolicyFileWriter::exemption).toList()));
		return fields.node();
	}

	/**
	 * The ISO code where it and the calling code mean the same, else the calling code:
	 * with +1 the United States and Canada come together.
	 */
	private static Node countries(Collection<String> codes) {
		SortedMap<String, Node> nodes = new TreeMap<>();
		for (var code : codes) {
			var entry = CallingCodes.find(code).orElseThrow();
			boolean alone = entry.regions().size() == 1 && Countries.codes(entry.regions().getFirst()).size() == 1;
			var named = alone ? entry.regions().getFirst() : "+" + code;
			nodes.put(named, commented(text(named),
					CountryNames.of(entry, Locale.ENGLISH) + (alone ? " " + entry.display() : "")));
		}
		return list(List.copyOf(nodes.values()));
	}

	private static Node number(WrittenNumber number) {
		var fields = new Fields();
		fields.add("number", text(RestrictionWords.display(number.entry())));
		if (!number.note().isEmpty()) {
			fields.add("note", text(number.note()));
		}
		return fields.node();
	}

	private static Node exemption(WrittenExemption exemption) {
		var fields = new Fields();
		fields.add("pbx", text(exemption.pbx()));
		fields.add(exemption.group() ? "group" : "extension", text(exemption.who()));
		var entry = Character.isDigit(exemption.target().charAt(0));
		fields.add(entry ? "number" : "preset", text(entry ? RestrictionWords.display(exemption.target())
				: word(RestrictionPreset.valueOf(exemption.target()))));
		var until = exemption.until();
		if (until != null) {
			fields.add("until", text(until.toString()));
		}
		return fields.node();
	}

	private static Node commented(Node node, String comment) {
		node.setInLineComments(List.of(new CommentLine(null, null, " " + comment, CommentType.IN_LINE)));
		return node;
	}

	private static Node truth(@Nullable Boolean value) {
		return new ScalarNode(Tag.BOOL, String.valueOf(value), null, null, ScalarStyle.PLAIN);
	}

	private static Node text(String text) {
		boolean plain = PLAIN.matcher(text).matches() && !NO_TEXT.contains(text.toLowerCase(Locale.ROOT));
		return new ScalarNode(Tag.STR, text, null, null, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
	}

	private static Node texts(Collection<String> values) {
		return new SequenceNode(Tag.SEQ, values.stream().map(PolicyFileWriter::text).toList(), FlowStyle.FLOW);
	}

	private static Node list(List<Node> nodes) {
		return new SequenceNode(Tag.SEQ, nodes, nodes.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
	}

	private static final class Fields {

		private final List<NodeTuple> tuples = new ArrayList<>();

		void add(String name, Node value) {
			this.tuples.add(new NodeTuple(new ScalarNode(Tag.STR, name, null, null, ScalarStyle.PLAIN), value));
		}

		Node node() {
			return new MappingNode(Tag.MAP, this.tuples, FlowStyle.BLOCK);
		}

	}

}
