package io.tollgate.pbx;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PbxConnectionTests {

	@Test
	void refusesWhatFitsNoPbx() {
		for (var bad : List.<Runnable>of(() -> connection("", "mty", 1), () -> connection("a\rb", "mty", 1),
				() -> connection("x".repeat(64), "mty", 1), () -> connection("a", "", 1),
				() -> connection("a", "mty\r\nAction: x", 1), () -> connection("a", "a/b", 1),
				() -> connection("a", "mty", 0), () -> connection("a", "mty", 65_536),
				() -> new PbxConnection("a", "mty", 1, true, "zz", "u"),
				() -> new PbxConnection("a", "mty", 1, false, null, "u\nSecret: x"))) {
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(bad::run);
		}
	}

	@Test
	void keepsNoCertificateWithoutTls() {
		assertThat(new PbxConnection(" A ", " MTY ", 1, false, "ab".repeat(32), "u"))
			.isEqualTo(new PbxConnection("A", "mty", 1, false, null, "u"));
	}

	private static PbxConnection connection(String name, String host, int port) {
		return new PbxConnection(name, host, port, false, null, "tollgate");
	}

}
