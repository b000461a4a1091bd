package io.tollgate.tester;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import io.tollgate.command.CommandContext;
import io.tollgate.command.CommandFailure;
import io.tollgate.command.Commands;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code dial-test}. */
@Command(name = "dial-test",
		description = "Says whether an extension may dial a number, and which rule decides. Calls nobody. Ends with 0 "
				+ "when it may, 3 when it may not, 1 when that cannot be answered.")
class DialTestCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "EXTENSION", index = "0", description = "Who calls.")
	private String extension = "";

	@Parameters(paramLabel = "NUMBER", index = "1", description = "As it is dialed.")
	private String number = "";

	@Option(names = "--pbx", paramLabel = "NAME", description = "Where, if several PBXs have that extension.")
	private @Nullable String pbx;

	@Option(names = "--at", paramLabel = "TIME",
			description = "When, in the time zone of the business hours: 2026-11-24T10:42; without, now.")
	private @Nullable String at;

	@Option(names = "--draft", description = "By the rules after the next apply, not by those that the PBX runs.")
	private boolean draft;

	@Option(names = "--output", paramLabel = "FORM", defaultValue = "TABLE", description = "table or json.")
	private Form output = Form.TABLE;

	@Override
	public Integer call() {
		try (var context = CommandContext.startServices()) {
			var tester = context.getBean(DialTester.class);
			var answer = tester.answer(
					new Question(id(tester), this.extension, this.number, this.at, this.draft ? "draft" : "live", null),
					Locale.ENGLISH);
			return switch (answer) {
				case Answer.Told told -> tell(told);
				case Answer.Unclear unclear -> throw new CommandFailure(unclear.text() + unclear.choices()
					.stream()
					.map((choice) -> "\n  --pbx \"" + choice.name() + "\"")
					.collect(Collectors.joining()));
				// neither is asked for here
				case Answer.Nothing _, Answer.Who _ -> throw new IllegalStateException("no answer to a question");
			};
		}
	}

	private @Nullable Long id(DialTester tester) {
		if (this.pbx == null) {
			return null;
		}
		return tester.fleet()
			.stream()
			.filter((choice) -> choice.name().equalsIgnoreCase(this.pbx))
			.findFirst()
			.orElseThrow(() -> new CommandFailure("There is no PBX " + this.pbx + "."))
			.id();
	}

	private int tell(Answer.Told told) {
		var out = this.spec.commandLine().getOut();
		if (!this.draft && told.live() == null) {
			throw new CommandFailure("Nothing was ever applied to " + told.pbx()
					+ ", so nobody knows what it does. Ask with --draft what it would do after an apply.");
		}
		var shown = this.draft ? told.draft() : Objects.requireNonNull(told.live());
		if (this.output == Form.JSON) {
			out.println(JsonMapper.shared().writeValueAsString(TesterApi.Result.of(told)));
		}
		else {
			out.println(shown.title());
			shown.steps()
				.forEach((step) -> out.println("  " + mark(step.css()) + " " + step.title() + ": " + step.text()));
			told.hints().forEach(out::println);
		}
		return shown.allowed() ? 0 : Commands.DIFFERENT;
	}

	private static String mark(String outcome) {
		return switch (outcome) {
			case "pass" -> "+";
			case "stop" -> "x";
			default -> "-";
		};
	}

	/** How an answer is written. */
	enum Form {

		TABLE, JSON

	}

}
