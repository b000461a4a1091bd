package io.tollgate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told to a portal from outside is what it and its image know. */
class DeploymentFilesTests {

	private static final Pattern SETTING = Pattern.compile("\\bTOLLGATE_[A-Z_]+");

	private static final Pattern USER = Pattern.compile("--uid (\\d+)");

	private static final String KUBERNETES = "deploy/kubernetes/tollgate.yaml";

	/** A name that nobody reads would be a setting that does nothing. */
	@ParameterizedTest
	@ValueSource(strings = { "Dockerfile", "deploy/systemd/service.env", KUBERNETES })
	void theirSettingsAreDescribed(String file) throws IOException {
		var document = read("docs/operations.md");
		var names = SETTING.matcher(read(file)).results().map(MatchResult::group).distinct().toList();
		assertThat(names).isNotEmpty().allSatisfy((name) -> assertThat(document).contains("`" + name + "`"));
	}

	@Test
	void manifestsFitTheImage() throws IOException {
		var image = read("Dockerfile");
		var user = USER.matcher(image).results().map((found) -> Integer.valueOf(found.group(1))).toList();
		var values = new ArrayList<Object>();
		var yaml = new Yaml();
		yaml.loadAll(read(KUBERNETES)).forEach((part) -> values(part, List.of("runAsUser", "fsGroup"), values));
		assertThat(user).hasSize(1);
		assertThat(values).hasSize(2).containsOnly(user.getFirst());
		values.clear();
		yaml.loadAll(read(KUBERNETES)).forEach((part) -> values(part, List.of("containerPort"), values));
		assertThat(values).containsExactly(8080);
		assertThat(image).contains("EXPOSE 8080");
	}

	private static void values(Object part, List<String> keys, List<Object> found) {
		switch (part) {
			case Map<?, ?> map -> map.forEach((key, value) -> {
				if (keys.contains(key)) {
					found.add(value);
				}
				values(value, keys, found);
			});
			case List<?> list -> list.forEach((each) -> values(each, keys, found));
			case null, default -> {
				// a text or a number
			}
		}
	}

	private static String read(String file) throws IOException {
		return Files.readString(Path.of(file));
	}

}
