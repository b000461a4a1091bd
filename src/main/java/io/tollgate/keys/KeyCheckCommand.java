package io.tollgate.keys;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;

import io.tollgate.command.CommandContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code key check}. */
@Command(name = "key check",
		description = "Says whether the key file is the one that the database was written with, and opens every "
				+ "secret with it. Shows fingerprints, never a key. Ends with 1 when the portal would be sealed.")
class KeyCheckCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Option(names = "--json", description = "Answer in JSON.")
	private boolean json;

	@Override
	public Integer call() throws Exception {
		var out = this.spec.commandLine().getOut();
		try (var context = CommandContext.start(KeyBeans.class)) {
			var keys = context.getBean(Keys.class);
			var answer = new LinkedHashMap<String, Object>();
			answer.put("seal", keys.seal().name());
			answer.put("file", context.getBean(KeyFile.class).toString());
			if (keys.seal() == Seal.OPEN) {
				var ring = keys.ring();
				var fingerprints = new LinkedHashMap<Integer, String>();
				ring.versions().forEach((version) -> fingerprints.put(version, ring.fingerprint(version)));
				answer.put("current", ring.currentVersion());
				answer.put("fingerprints", fingerprints);
				answer.put("secretsByVersion", context.getBean(KeyRotation.class).uses(ring));
			}
			if (this.json) {
				out.println(JsonMapper.builder().build().writeValueAsString(answer));
			}
			else {
				answer.forEach((name, value) -> out.println(name + ": " + value));
			}
			return (keys.seal() == Seal.OPEN) ? 0 : 1;
		}
	}

}
