package io.tollgate.connector.asterisk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AmiReaderTests {

	private static AmiReader reader(String text) {
		return new AmiReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void readsLinesOfAnyLengthWhileItsBufferGrows() throws IOException {
		var wanted = new ArrayList<String>();
		for (int length : new int[] { 1, 2046, 2047, 2048, 2049, 4096, 5000, 65_535, 3, 65_536, 7 }) {
			wanted.add("x".repeat(length));
		}
		var reader = reader(String.join("\r\n", wanted) + "\r\n");
		for (var line : wanted) {
			// the return counts, too
			assertThat(reader.line(65_537)).isEqualTo(line);
		}
		assertThat(reader.line(65_537)).isNull();
	}

	@Test
	void refusesALineThatIsLonger() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> reader("y".repeat(65_537)).line(65_536));
	}

}
