package io.tollgate.audit;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of the trail over HTTP, and texts that would like to be more than one row.
 */
@TollgateTest
@ExtendWith(OutputCaptureExtension.class)
class AuditPagesTests {

	/**
	 * Line ends of all kinds, a terminal's colors, and marks that turn the reading order.
	 */
	private static final String FORGED = "Plants\r\n2026-11-22T18:00:00Z ERROR forged\u2028two\u2029three\u0085four"
			+ "\u001b[31mred\u001b]0;title\u0007\u202eesrever\u2066 \ufeff\u0000";

	private static final String HARMLESS = "[^\\p{Cntrl}\u2028\u2029\u0085\u202a-\u202e\u2066-\u2069\ufeff]*";

	private static final Logger LOG = LoggerFactory.getLogger(AuditPagesTests.class);

	@Autowired
	AuditTrail trail;

	@Autowired
	AuditRows rows;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcTemplate jdbc;

	@LocalServerPort
	int port;

	private Http as(Role role) {
		return new Http(this.port).signIn(this.people.username(role), TestAccounts.PASSWORD);
	}

	private void record(String actor, String name, String before, String after) {
		this.transaction.executeWithoutResult((status) -> this.trail.recordFor(new Origin(actor, "10.0.0.9", null),
				"policy.renamed", AuditObject.of("policy", null, name), before, after));
	}

	private AuditRow newest() {
		return this.rows.find(AuditQuery.all(), 1, false).getFirst();
	}

	@Test
	void givesEveryRequestAnIdOfItsOwn(CapturedOutput output) {
		var http = as(Role.OPERATOR);
		var ids = new HashSet<String>();
		for (var path : List.of("/audit", "/audit", "/assets/app.css", "/no-such-page", "/sign-in")) {
			ids.add(http.get(path, "X-Request-Id", "chosen-by-client").headers().firstValue("X-Request-Id").orElse(""));
		}
		assertThat(ids).hasSize(5).allMatch((id) -> id.matches("[0-9a-f]{32}"));
		var answer = http.post("/audit/export", Map.of("format", "csv", "q", "no such thing"));
		var id = answer.headers().firstValue("X-Request-Id").orElseThrow();
		assertThat(newest().content()).returns(id, AuditContent::requestId)
			.returns("audit.exported", AuditContent::action)
			.returns("q no such thing", AuditContent::after);
		assertThat(http.get("/audit?q=" + id).body()).contains("Audit log exported").contains(id);
		assertThat(this.jdbc.queryForList(
				"select distinct request_id from audit_event where actor = ? and "
						+ "action = 'account.signed-in' and request_id is null",
				String.class, this.people.username(Role.OPERATOR)))
			.isEmpty();
		assertThat(output).doesNotContain("chosen-by-client");
	}

	@Test
	void letsNobodyWriteASecondRow() {
		record(FORGED, FORGED, FORGED, FORGED + "\nsecond line");
		var content = newest().content();
		assertThat(content.actor()).matches(HARMLESS).hasSize(120);
		assertThat(content.objectName()).matches(HARMLESS)
			.contains("Plants\\u000d\\u000a2026")
			.contains("\\u202eesrever");
		assertThat(content.after()).matches("(?s)" + HARMLESS.replace("[^", "[\n" + "[^").replace("]*", "]]*"))
			.contains("\nsecond line");
		var page = as(Role.VIEWER).get("/audit").body();
		assertThat(page).contains("\\u202eesrever").doesNotContain("\u202e").doesNotContain("\u001b");
	}

	@Test
	void letsNobodyWriteASecondLineOfTheLog(CapturedOutput output) {
		LOG.warn("begin {} end", FORGED);
		LOG.warn("failed", new IllegalStateException(FORGED, new IllegalArgumentException(FORGED)));
		var lines = output.getAll().lines().toList();
		assertThat(lines).noneMatch((line) -> line.startsWith("2026-11-22T18:00:00Z ERROR"));
		assertThat(lines).filteredOn((line) -> line.contains("begin Plants\\u000d"))
			.hasSize(1)
			.allMatch((line) -> line.endsWith(" end"));
		assertThat(lines).filteredOn((line) -> line.contains("Exception: Plants\\u000d")).hasSize(2);
		assertThat(lines).filteredOn((line) -> line.contains("forged"))
			.allMatch((line) -> line.matches(HARMLESS.replace("\\p{Cntrl}", "\\p{Cntrl}&&[^\t]")));
		assertThat(output).contains("\tat " + AuditPagesTests.class.getName());
	}

	@Test
	void exportsFormulasAsTextThatReadsBack() throws Exception {
		var values = List.of("=HYPERLINK(\"http://evil\")", "+905551234567", "-1+1", "@SUM(1)", "\tx", "\n=1",
				"'quoted", "''twice", "＝1", "plain, \"quoted\"\nsecond line", "");
		var mark = "export-" + System.nanoTime();
		values.forEach((value) -> record("ana", mark, value, null));
		var answer = as(Role.OPERATOR).post("/audit/export", Map.of("format", "csv", "q", mark));
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
		assertThat(answer.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment; filename=");
		try (var parser = CSVFormat.RFC4180.builder()
			.setHeader()
			.setSkipHeaderRecord(true)
			.get()
			.parse(new StringReader(answer.body()))) {
			var records = parser.getRecords();
			assertThat(records).extracting((record) -> record.get("before"))
				.noneMatch((cell) -> cell.matches("(?s)[=+\\-@\t\r\n＝＋－＠].*"));
			assertThat(records).extracting((record) -> record.get("before").replaceFirst("^'", "")).isEqualTo(values);
			assertThat(records).extracting((record) -> Long.parseLong(record.get("id"))).isSorted();
		}
	}

	@Test
	void exportsJsonLinesThatCanBeVerifiedElsewhere() {
		var mark = "lines-" + System.nanoTime();
		record("ana", mark, FORGED, null);
		record("ana", mark, null, "");
		var lines = as(Role.ADMINISTRATOR).post("/audit/export", Map.of("format", "jsonl", "q", mark))
			.body()
			.lines()
			.toList();
		assertThat(lines).hasSize(2).allMatch((line) -> StandardCharsets.US_ASCII.newEncoder().canEncode(line));
		var first = JsonMapper.shared().readTree(lines.getFirst());
		var stored = this.rows.find(AuditQuery.all().and("object_name = ?", mark), 1, true).getFirst();
		assertThat(first.get("hash").asString()).isEqualTo(stored.hash());
		assertThat(first.get("before").asString()).isEqualTo(stored.content().before());
		assertThat(JsonMapper.shared().readTree(lines.getLast()).get("before").isNull()).isTrue();
	}

	@Test
	void keepsWhoMayOnlySeeFromExportingAndVerifying() {
		var viewer = as(Role.VIEWER);
		var before = newest().id();
		assertThat(viewer.post("/audit/export", Map.of("format", "csv")).statusCode()).isEqualTo(403);
		assertThat(viewer.post("/audit/verify", Map.of()).statusCode()).isEqualTo(403);
		assertThat(newest().id()).isEqualTo(before);
		assertThat(viewer.get("/audit").body()).doesNotContain("/audit/export");
		assertThat(as(Role.OPERATOR).post("/audit/export", Map.of("format", "xml")).statusCode()).isEqualTo(400);
	}

	@Test
	void findsByPersonKindObjectAndTime() {
		var mark = "find-" + System.nanoTime();
		for (int i = 0; i < 120; i++) {
			int number = i;
			this.transaction.executeWithoutResult((status) -> this.trail.recordAs(mark, "policy.renamed",
					AuditObject.of("policy", number % 2, mark + " " + number), null, null));
		}
		var http = as(Role.VIEWER);
		var today = LocalDate.now(ZoneOffset.UTC);
		assertThat(ids(http.get("/audit?actor=" + mark + "&from=" + today + "&to=" + today).body())).hasSize(50);
		assertThat(ids(http.get("/audit?actor=" + mark + "&to=" + today.minusDays(1)).body())).isEmpty();
		assertThat(ids(http.get("/audit?actor=" + mark + "&type=pbx").body())).isEmpty();
		var odd = ids(http.get("/audit?type=policy&object=1&actor=" + mark).body());
		assertThat(odd).hasSize(50);
		assertThat(ids(http
			.get("/audit?actor=" + mark + "&object=1&below="
					+ odd.stream().mapToLong(Long::parseLong).min().getAsLong())
			.body())).hasSize(10);
		var all = new HashSet<String>();
		var path = "/audit?actor=" + mark;
		while (path != null) {
			var body = http.get(path).body();
			assertThat(all.addAll(ids(body))).isTrue();
			path = link(body, "next");
		}
		assertThat(all).hasSize(120);
	}

	private static Set<String> ids(String body) {
		var ids = new HashSet<String>();
		var found = java.util.regex.Pattern.compile("id=\"audit-([0-9]+)\"").matcher(body);
		while (found.find()) {
			ids.add(found.group(1));
		}
		return ids;
	}

	private static String link(String body, String rel) {
		var found = java.util.regex.Pattern.compile("href=\"([^\"]+)\" rel=\"" + rel + "\"").matcher(body);
		return found.find() ? found.group(1).replace("&amp;", "&") : null;
	}

}
