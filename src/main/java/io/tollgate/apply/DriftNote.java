package io.tollgate.apply;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.tollgate.connector.ConfigDiff;
import org.springframework.util.DigestUtils;

record DriftNote(List<String> lines) {

	static final DriftNote NONE = new DriftNote(List.of());

	static DriftNote between(ConfigDiff diff) {
		return new DriftNote(Stream
			.concat(diff.removed().stream().map((line) -> "- " + line),
					diff.added().stream().map((line) -> "+ " + line))
			.toList());
	}

	boolean isEmpty() {
		return this.lines.isEmpty();
	}

	String checksum() {
		return isEmpty() ? ""
				: DigestUtils.md5DigestAsHex(String.join("\n", this.lines).getBytes(StandardCharsets.UTF_8));
	}

}
