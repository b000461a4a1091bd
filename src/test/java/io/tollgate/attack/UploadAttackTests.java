package io.tollgate.attack;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.tollgate.support.Http;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/** Files and forms that are too long, too wide or not what they say. */
@AttackTest
class UploadAttackTests {

	private static final long GIGABYTE = 1L << 30;

	@Autowired
	AttackedPortal portal;

	private Http http;

	private String path;

	@BeforeEach
	void signIn() {
		this.http = this.portal.ready().administrator();
		this.path = "/security/number-restrictions/" + this.portal.policy() + "/import";
		this.http.get("/security/number-restrictions");
	}

	/** One that says how much comes is refused at once, one that does not is cut off. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aGigabyteIsRefusedWithoutBeingKept(boolean told) throws IOException {
		var request = "POST " + this.path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nCookie: TOLLGATE="
				+ this.http.session() + "\r\nX-CSRF-TOKEN: " + this.http.token()
				+ "\r\nContent-Type: multipart/form-data; boundary=b\r\n"
				+ (told ? "Content-Length: " + GIGABYTE : "Transfer-Encoding: chunked") + "\r\n\r\n";
		long sent = 0;
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), this.portal.port())) {
			socket.setSoTimeout(30_000);
			var out = socket.getOutputStream();
			out.write(request.getBytes(StandardCharsets.ISO_8859_1));
			chunk(out, "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
				.getBytes(StandardCharsets.UTF_8), told);
			var block = "00621234567\n".repeat(5_000).getBytes(StandardCharsets.UTF_8);
			boolean open = true;
			while (open && sent < GIGABYTE && socket.getInputStream().available() == 0) {
				open = takes(out, block, told);
				sent += block.length;
			}
			assertThat(sent).as("bytes that it took").isLessThan(64_000_000);
			var answer = answer(socket);
			assertThat(answer).matches("|(?s)HTTP/1.1 413 .*");
			assertThat(told && answer.isEmpty()).as("no answer to what was told").isFalse();
		}
		assertThat(this.http.get("/audit").statusCode()).isEqualTo(200);
	}

	private static boolean takes(OutputStream out, byte[] block, boolean told) throws IOException {
		try {
			chunk(out, block, told);
			return true;
		}
		catch (SocketException ex) {
			return false;
		}
	}

	/** Empty when the line was reset before it could be read. */
	private static String answer(Socket socket) throws IOException {
		try {
			return new String(socket.getInputStream().readNBytes(200), StandardCharsets.UTF_8);
		}
		catch (SocketException ex) {
			return "";
		}
	}

	private static void chunk(OutputStream out, byte[] bytes, boolean told) throws IOException {
		if (!told) {
			out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
		}
		out.write(bytes);
		if (!told) {
			out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
		}
	}

	@Test
	void aLongFormIsRefusedAndNoFailure() {
		assertThat(this.http.post(this.path, Map.of("text", "0".repeat(3_000_000))).statusCode()).isIn(403, 413, 422);
		var many = new LinkedHashMap<String, String>();
		for (int i = 0; i < 20_000; i++) {
			many.put("f" + i, "");
		}
		assertThat(this.http.post(this.path, many).statusCode()).isIn(400, 403, 413);
	}

	/** Archives are not unpacked, so that a bomb is one more text that is no number. */
	@Test
	void wideLongAndBrokenFilesAreRefusedInWords() {
		var route = "/routes/check?pbx=" + this.portal.id();
		for (var text : new String[] { "\ufeff00621\n", "\"00621\n00622", "0".repeat(1_000_000), ",".repeat(1_000_000),
				"\"".repeat(999_999), "00621\n".repeat(100_000), "PK\u0003\u0004\u0000", "\n".repeat(900_000) }) {
			var shown = text.substring(0, 5);
			var answer = assertTimeout(Duration.ofSeconds(20), () -> this.http.post(this.path, Map.of("text", text)));
			assertThat(answer.statusCode()).as(shown).isIn(200, 413, 422);
			var patterns = assertTimeout(Duration.ofSeconds(20),
					() -> this.http.post(route, Map.of("csv", text, "act", "preview")));
			assertThat(patterns.statusCode()).as(shown).isIn(200, 400, 413, 422);
		}
	}

	@Test
	void exportsBeginNoFormulaAndComeBackAsTheyWere() {
		for (var file : new String[] { "/security/number-restrictions.csv?policy=" + this.portal.policy(),
				"/security/country-codes.csv?policy=" + this.portal.policy(), "/extensions.csv", "/audit.csv" }) {
			var answer = this.http.get(file);
			assertThat(answer.statusCode()).as(file).isIn(200, 404);
			if (answer.statusCode() == 200) {
				assertThat(answer.headers().firstValue("Content-Type").orElse("")).as(file).startsWith("text/csv");
				answer.body()
					.lines()
					.forEach((line) -> assertThat(line).as(file).doesNotContainPattern("(^|,)\"?[=@\\t-]"));
			}
		}
	}

}
