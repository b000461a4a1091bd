package io.tollgate.route;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Dumps as mysqldump writes them, and others. The layout is that of FreePBX's source; the
 * values are made up.
 */
class FreePbxFileTests {

	private static final String TABLE = "CREATE TABLE `outbound_routes` (`route_id` int(11) NOT NULL,`name` varchar(40), PRIMARY KEY (`route_id`));\n";

	static String sample() throws IOException {
		try (InputStream in = FreePbxFileTests.class.getResourceAsStream("/freepbx/asterisk-17.sql")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static byte[] zipped(byte[] bytes) throws IOException {
		var out = new ByteArrayOutputStream();
		try (var gzip = new GZIPOutputStream(out)) {
			gzip.write(bytes);
		}
		return out.toByteArray();
	}

	static ReadRoutes read(String dump) throws IOException {
		return FreePbxFile.dump(new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8)));
	}

	private static ReadRoutes.Read good(String dump) throws IOException {
		assertThat(read(dump)).isInstanceOf(ReadRoutes.Read.class);
		return (ReadRoutes.Read) read(dump);
	}

	@Test
	void readsRoutesInFreePbxsOrder() throws IOException {
		var read = good(sample());
		assertThat(read.routes()).extracting(FreePbxRoute::name)
			.containsExactly("Emergency", "International", "Joe's \"national\"", "Internal", "Forgotten");
		var national = read.routes().get(2);
		assertThat(national.trunks()).containsExactly(2, 1);
		assertThat(national.rules()).containsExactlyInAnyOrder(new DialRule("1", "", "NXXNXXXXXX", ""),
				new DialRule("", "9", "1NXXNXXXXXX", ""), new DialRule("", "", "1503NXXXXXX", "10[1-4]X"));
		assertThat(national.overrides()).isTrue();
		assertThat(read.routes().get(0).emergency()).isTrue();
		assertThat(read.routes().get(1).asks()).isTrue();
		assertThat(read.routes().get(3).internal()).isTrue();
		assertThat(read.routes().get(3).left()).containsExactly("dest");
		assertThat(read.routes().get(4).timed()).isTrue();
		assertThat(read.routes().get(4).left()).containsExactly("order");
		assertThat(read.trunks()).contains(new FreePbxTrunk(1, "Old lines", "dahdi", "g1", false, true),
				new FreePbxTrunk(3, "telnyx", "pjsip", "telnyx", true, false));
		assertThat(read.trunks().getFirst().dial()).isEqualTo("dahdi/g1/$OUTNUM$");
	}

	@Test
	void aPasswordIsNotInWhatIsReadNorCarried() throws IOException {
		var read = good(sample());
		assertThat(read.toString()).doesNotContain("73910468");
		var carried = RouteImports.carry(read);
		assertThat(RouteImports.carried(carried)).contains(read);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                                                           | no-routes
			INSERT INTO outbound_routes VALUES (1,'a');                  | no-columns
			INSERT INTO outbound_routes (route_id,name) VALUES (1);      | columns
			INSERT INTO outbound_routes (route_id,name) VALUES (1,2,3);  | columns
			INSERT INTO outbound_routes (route_id,name) VALUES (1,now());| not-understood
			INSERT INTO outbound_routes (route_id,name) VALUES (1,x'41');| not-understood
			INSERT INTO outbound_routes (route_id,name) SELECT 1,2;      | not-understood
			INSERT INTO outbound_routes (route_id,name) VALUES (1,"a     | cut-off
			INSERT INTO outbound_routes (route_id,name) VALUES (1,"a")   | cut-off
			SELECT * FROM t                                              | cut-off
			/* no end                                                    | cut-off
			INSERT INTO outbound_routes (name,name) VALUES (1,2);        | not-understood
			""")
	void saysWhyItCannotBeRead(String dump, String code) throws IOException {
		assertThat(read(dump)).isInstanceOfSatisfying(ReadRoutes.Refused.class,
				(refused) -> assertThat(refused.code()).isEqualTo(code));
	}

	@Test
	void readsQuotesEscapesListsAndOtherCase() throws IOException {
		var read = good(
				TABLE + "insert ignore into asterisk.`outbound_routes` values (1,'it''s'),(2,\"a\\\"b\"),(3,NULL);"
						+ "REPLACE INTO `outbound_routes` (`name`,`route_id`) VALUES ('x\\\\y;--',4); # end\n");
		assertThat(read.routes()).extracting(FreePbxRoute::name).containsExactly("it's", "a\"b", "", "x\\y;--");
	}

	@Test
	void holdsItsBounds() throws IOException {
		var many = new StringBuilder(TABLE + "INSERT INTO outbound_routes VALUES (0,'r')");
		for (int i = 1; i <= FreePbxFile.MOST_ROUTES; i++) {
			many.append(",(").append(i).append(",'r')");
		}
		assertThat(read(many + ";")).isInstanceOfSatisfying(ReadRoutes.Refused.class,
				(refused) -> assertThat(refused.code()).isEqualTo("too-many"));
		assertThat(read(TABLE + "INSERT INTO outbound_routes VALUES (1,'" + "x".repeat(5000) + "');"))
			.isInstanceOfSatisfying(ReadRoutes.Refused.class,
					(refused) -> assertThat(refused.code()).isEqualTo("too-long"));
		// what nobody asks for may be long
		assertThat(good("INSERT INTO blobs VALUES ('" + "x".repeat(100_000) + "');" + TABLE
				+ "INSERT INTO outbound_routes VALUES (1,'a');")
			.routes()).hasSize(1);
	}

	@Test
	void unpacksGzipAndEndsABomb() throws IOException {
		assertThat(FreePbxFile.dump(new ByteArrayInputStream(zipped(sample().getBytes(StandardCharsets.UTF_8)))))
			.isEqualTo(read(sample()));
		var bomb = zipped(("-- " + " ".repeat(30 * 1024 * 1024)).getBytes(StandardCharsets.UTF_8));
		assertThat(bomb.length).isLessThan(64 * 1024);
		assertThat(FreePbxFile.dump(new ByteArrayInputStream(bomb), 1024 * 1024))
			.isEqualTo(new ReadRoutes.Refused("too-large", List.of("1")));
		var half = zipped(sample().getBytes(StandardCharsets.UTF_8));
		assertThat(FreePbxFile.dump(new ByteArrayInputStream(half, 0, half.length / 2)))
			.isEqualTo(new ReadRoutes.Refused("not-gzip", List.of()));
		assertThat(FreePbxFile.dump(new ByteArrayInputStream(new byte[] { 'P', 'K', 3, 0, 0 }))).isInstanceOfSatisfying(
				ReadRoutes.Refused.class, (refused) -> assertThat(refused.code()).isEqualTo("not-text"));
	}

	/** Cut, turned and mixed: it is read or refused with a code that has words. */
	@Test
	void readsOrRefusesWhateverComes() throws IOException {
		var random = new Random(11);
		var sample = sample();
		var codes = new ArrayList<String>();
		for (int i = 0; i < 3000; i++) {
			var text = new StringBuilder(sample);
			for (int j = random.nextInt(4); j >= 0; j--) {
				int at = random.nextInt(text.length());
				switch (random.nextInt(4)) {
					case 0 -> text.setLength(Math.max(1, at));
					case 1 -> text.setCharAt(at, "'\"`\\;(),0\n*/-#".charAt(random.nextInt(14)));
					case 2 -> text.deleteCharAt(at);
					default -> text.insert(at, "'\"`\\;(),NULL\0/*--".charAt(random.nextInt(17)));
				}
			}
			if (read(text.toString()) instanceof ReadRoutes.Refused(String code, List<String> _)) {
				codes.add(code);
			}
		}
		assertThat(codes).isNotEmpty().allMatch(ReadRoutes.Refused.CODES::contains);
	}

	@Test
	void whatIsCarriedIsReadStrictly() {
		assertThat(RouteImports.carried("")).isEmpty();
		assertThat(RouteImports.carried("null")).isEmpty();
		assertThat(RouteImports.carried("%%%")).isEmpty();
		var trunk = new FreePbxTrunk(1, "", "", "", false, false);
		assertThat(RouteImports.carried(RouteImports.carry(new ReadRoutes.Read(List.of(trunk), List.of(), false))))
			.isPresent();
		assertThat(
				RouteImports.carried(RouteImports.carry(new ReadRoutes.Read(List.of(trunk, trunk), List.of(), false))))
			.as("twice the same trunk")
			.isEmpty();
	}

}
