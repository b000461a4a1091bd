package io.tollgate.extension;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever file somebody chooses: its rows fit the table or are named as bad. */
class ImportFileFuzzTests {

	@FuzzTest(maxDuration = "8s")
	void readsOrRefusesAnyFile(byte[] file) throws IOException {
		var lines = new HashSet<Integer>();
		var outcome = ImportFile.read(new ByteArrayResource(file), "Plant", Map.of(), (row) -> {
			assertThat(lines.add(row.line())).as("line %d once", row.line()).isTrue();
			assertThat(row.number().length()).isLessThanOrEqualTo(40);
			assertThat(row.name().length()).isLessThanOrEqualTo(80);
			assertThat(row.argument().length()).isLessThanOrEqualTo(80);
			assertThat(row.number() + row.name() + row.argument()).doesNotContain("\0", "\n");
		});
		assertThat(outcome).isNotNull();
	}

}
