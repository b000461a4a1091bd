package io.tollgate.route;

import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

import io.tollgate.account.Role;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/** From FreePBX's file to the routes, over HTTP and without JavaScript. */
@TollgateTest
class RouteImportTests {

	@Autowired
	PbxRegistry registry;

	@Autowired
	Routes routes;

	@Autowired
	Trunks trunks;

	@Autowired
	RouteImports imports;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private long office;

	private Http http;

	@BeforeEach
	void fleet() {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("setup", "", "ROLE_ADMINISTRATOR"));
		this.office = this.registry
			.add(new NewPbx(new PbxConnection("Route plant", "127.0.0.1", 15_043, false, null, "tollgate"), false, 1),
					"secret")
			.id();
		this.trunks.discovered(this.office, Set.of("lumen", "telnyx"));
		this.http = new Http(this.port).signIn(this.people.username(Role.OPERATOR), TestAccounts.PASSWORD);
		this.http.get("/routes?pbx=" + this.office);
	}

	@AfterEach
	void clear() {
		this.registry.remove(this.office);
		SecurityContextHolder.clearContext();
	}

	private HttpResponse<String> upload(String name, String text) {
		var part = "--b\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
		return this.http.exchange("POST", "/routes/import",
				part.formatted("pbx", "", this.office) + part.formatted("_csrf", "", this.http.token())
						+ part.formatted("file", "; filename=\"" + name + "\"", text) + "--b--\r\n",
				"multipart/form-data; boundary=b");
	}

	private HttpResponse<String> take(String page, String more) {
		var carried = Pattern.compile("name=\"carried\" value=\"([^\"]+)\"").matcher(page);
		var shown = Pattern.compile("name=\"shown\" value=\"([^\"]+)\"").matcher(page);
		assertThat(carried.find()).as(page).isTrue();
		assertThat(shown.find()).as(page).isTrue();
		return this.http.exchange("POST", "/routes/import/take",
				"_csrf=" + URLEncoder.encode(this.http.token(), StandardCharsets.UTF_8) + "&pbx=" + this.office
						+ "&carried=" + carried.group(1) + "&shown=" + shown.group(1) + more,
				"application/x-www-form-urlencoded");
	}

	/** Looks at what the file brings by these trunks, and takes over some of it. */
	private HttpResponse<String> lookAndTake(String page, String trunks, String more) {
		return take(take(page, "&act=show" + trunks).body(), "&act=take" + trunks + more);
	}

	private List<OutboundRoute> now() {
		return this.routes.list(this.office).stream().map(StoredRoute::route).toList();
	}

	@Test
	void showsWhatADumpWouldBringAndTakesOverWhatIsChosen() throws Exception {
		this.routes.add(this.office, OutboundRoute.through("Old", List.of("lumen"), List.of("1NXXNXXXXXX")));
		var page = upload("dump.sql", FreePbxFileTests.sample());
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body())
			.contains("Joe&#39;s &quot;national&quot;", "Old lines is left out", "set a PIN list",
					"Has its own dial rules", "One pattern is left out", "Has no place in FreePBX&#39;s order")
			.doesNotContain("73910468");
		assertThat(now()).hasSize(1);
		var taken = lookAndTake(page.body(), "&trunk-1=telnyx&trunk-2=lumen&trunk-3=",
				"&route=0&route=1&route=2&route=3&place=above");
		assertThat(taken.statusCode()).as(taken.body()).isEqualTo(302);
		assertThat(now()).extracting(OutboundRoute::name)
			.containsExactly("Emergency", "International", "Joe's \"national\"", "Internal", "Old");
		assertThat(now()).extracting(OutboundRoute::enabled).containsExactly(true, false, true, true, true);
		assertThat(now()).extracting(OutboundRoute::type)
			.containsExactly(RouteType.EMERGENCY, RouteType.NORMAL, RouteType.NORMAL, RouteType.INTERNAL,
					RouteType.NORMAL);
		assertThat(now().get(2).trunks()).containsExactly("lumen", "telnyx");
		assertThat(now().get(2).callerId()).isEqualTo("5035550100");
		assertThat(now().get(3).rules()).containsExactly(DialRule.of("85XX"));
	}

	@Test
	void choosesWhatIsWholeAndNothingTwice() throws Exception {
		var page = upload("dump.sql", FreePbxFileTests.sample()).body();
		assertThat(checked(page)).containsExactly("0", "1");
		var again = take(page, "&act=show&trunk-1=telnyx&trunk-2=lumen&trunk-3=").body();
		// its trunk sends 9 before each number
		assertThat(checked(again)).containsExactly("0", "1");
		assertThat(again).contains("Trunk Old lines changes numbers in FreePBX");
		var plain = upload("dump.sql", FreePbxFileTests.sample().replace("'','','9',''", "'','','',''")).body();
		assertThat(checked(take(plain, "&act=show&trunk-1=telnyx&trunk-2=lumen&trunk-3=").body())).containsExactly("0",
				"1", "2");
		var none = lookAndTake(page, "&trunk-2=lumen", "");
		assertThat(none.statusCode()).isEqualTo(422);
		assertThat(none.body()).contains("choose at least one route");
		assertThat(lookAndTake(page, "&trunk-2=lumen", "&route=0&route=1").statusCode()).isEqualTo(302);
		var names = now();
		// the same once more: names are taken
		assertThat(lookAndTake(page, "&trunk-2=lumen", "&route=0&route=1").statusCode()).isEqualTo(422);
		assertThat(now()).isEqualTo(names);
	}

	/** Somebody else's work, and trunks that were chosen and not looked at. */
	@Test
	void takesOverNothingThatWasNotLookedAt() throws Exception {
		var csv = upload("National.csv", "prepend,prefix,match pattern,callerid\n1,9,NXXNXXXXXX,\n").body();
		var unseen = take(csv, "&act=take&trunk-0=telnyx&route=0");
		assertThat(unseen.statusCode()).isEqualTo(422);
		assertThat(unseen.body()).contains("Nothing is taken over yet").contains("value=\"telnyx\" selected");
		assertThat(checked(unseen.body())).containsExactly("0");
		assertThat(now()).isEmpty();

		this.trunks.discovered(this.office, Set.of("lumen"));
		var gone = take(unseen.body(), "&act=take&trunk-0=telnyx&route=0");
		assertThat(gone.statusCode()).isEqualTo(422);
		assertThat(gone.body()).contains("Nothing is taken over yet").contains("Trunk of these patterns");
		assertThat(now()).isEmpty();
		assertThat(lookAndTake(gone.body(), "&trunk-0=lumen", "&route=0").statusCode()).isEqualTo(302);
		assertThat(now()).singleElement().satisfies((route) -> assertThat(route.trunks()).containsExactly("lumen"));
	}

	private static List<String> checked(String page) {
		return Pattern.compile("<input[^>]*name=\"route\"[^>]*>")
			.matcher(page)
			.results()
			.map((found) -> found.group())
			.filter((input) -> input.contains("checked"))
			.map((input) -> input.replaceAll(".* value=\"([0-9]+)\".*", "$1"))
			.toList();
	}

	@Test
	void choosesNothingThatWouldLetOutWhatEndedThere() throws Exception {
		var read = (ReadRoutes.Read) FreePbxFile
			.dump(new ByteArrayInputStream(FreePbxFileTests.sample().getBytes(StandardCharsets.UTF_8)));
		var unused = this.imports.plan(this.office, read, Map.of(1, "telnyx", 2, "lumen", 3, "lumen")).getLast();
		assertThat(unused.notes()).anyMatch((note) -> note.contains("Has no place"));
		assertThat(unused.route().enabled()).isFalse();
		assertThat(unused.whole()).isFalse();

		var two = new ReadRoutes.Read(read.trunks(), List.of(read.routes().get(2), read.routes().get(1)), false);
		var plan = this.imports.plan(this.office, two, Map.of(2, "lumen"));
		assertThat(plan.getFirst().whole()).isFalse();
		assertThat(plan.getLast().whole()).isFalse();
		assertThat(plan.getLast().notes()).anyMatch((note) -> note.startsWith("A route above it"));
	}

	/** Nobody would notice that the routes are open to all. */
	@Test
	void warnsOfAFileThatDoesNotTellOfPins() throws Exception {
		var sample = FreePbxFileTests.sample();
		assertThat(sample).doesNotContain("pinset_usage");
		var page = upload("dump.sql", sample).body();
		assertThat(page).contains("does not tell which routes ask for a PIN set");
		assertThat(take(page, "&act=show&trunk-1=telnyx").body()).contains("It has no table pinset_usage");
		var none = "CREATE TABLE `pinset_usage` (`pinsets_id` int, `dispname` varchar(30), `foreign_id` varchar(30));\n";
		assertThat(upload("dump.sql", sample + none).body()).contains("International")
			.doesNotContain("does not tell which routes");
		assertThat(upload("National.csv", "prepend,prefix,match pattern,callerid\n1,9,NXXNXXXXXX,\n").body())
			.contains("National")
			.doesNotContain("does not tell which routes");
	}

	@Test
	void takesTheDialPatternsOfOneRoute() {
		var page = upload("National.csv", "prepend,prefix,match pattern,callerid\n1,9,NXXNXXXXXX,\n,,12[4-,\n");
		assertThat(page.body()).contains("National", "Trunk of these patterns");
		assertThat(lookAndTake(page.body(), "&trunk-0=telnyx", "&route=0").statusCode()).isEqualTo(302);
		assertThat(now()).singleElement().satisfies((route) -> {
			assertThat(route.name()).isEqualTo("National");
			assertThat(route.trunks()).containsExactly("telnyx");
			assertThat(route.rules()).containsExactly(new DialRule("1", "9", "NXXNXXXXXX", ""));
		});
	}

	@Test
	void refusesWhatItCannotRead() {
		assertThat(upload("dump.sql", "SELECT 1;").statusCode()).isEqualTo(422);
		assertThat(upload("dump.sql", "SELECT 1;").body()).contains("no outbound route");
		assertThat(take("name=\"carried\" value=\"abc\" name=\"shown\" value=\"abc\"", "&act=take").statusCode())
			.isEqualTo(400);
	}

	/**
	 * Numbers leave by the same route, with the same digits, as somebody who reads the
	 * dump by hand would say.
	 */
	@Test
	void numbersLeaveAsTheDumpSays() throws Exception {
		var random = new Random(17);
		int met = 0;
		for (int round = 0; round < 100; round++) {
			var dump = new Made(random);
			var read = (ReadRoutes.Read) FreePbxFileTests.read(dump.sql());
			var plan = this.imports.plan(this.office, read, Map.of(1, "lumen"));
			assertThat(plan).allMatch(PlannedRoute::possible);
			var routes = plan.stream().map(PlannedRoute::route).toList();
			assertThat(plan).allSatisfy((each) -> assertThat(each.bad()).isEmpty());
			for (int i = 0; i < 100; i++) {
				var number = dump.number();
				var trace = RouteTrace.of(number, routes);
				var rule = trace.rule();
				var said = (rule == null) ? Optional.<String>empty()
						: Optional.of(routes.get(trace.caught()).name() + " " + rule.send(number));
				assertThat(said).as(number + " of\n" + dump.sql()).isEqualTo(dump.leaves(number));
				met += said.isPresent() ? 1 : 0;
			}
		}
		assertThat(met).isGreaterThan(500);
	}

	/** A dump of a few routes, and what it says by itself. */
	private static final class Made {

		private final Random random;

		/** By the place of the route: prefix, pass, prepend. */
		private final Map<Integer, List<String[]>> rules = new LinkedHashMap<>();

		Made(Random random) {
			this.random = random;
			int count = 1 + random.nextInt(4);
			for (int route = 0; route < count; route++) {
				var rows = new LinkedHashMap<String, String[]>();
				for (int i = random.nextInt(5); i >= 0; i--) {
					var row = new String[] { pick("", "", "9", "00", "*7"), pass(), pick("", "", "1", "0054") };
					rows.put(row[0] + row[1], row);
				}
				this.rules.put(route, List.copyOf(rows.values()));
			}
		}

		private String pick(String... from) {
			return from[this.random.nextInt(from.length)];
		}

		private String pass() {
			var pass = new StringBuilder(pick("1", "2", "5", "[2-4]", "[15]"));
			for (int i = this.random.nextInt(3); i >= 0; i--) {
				pass.append(pick("X", "N", "Z", "1", "[0-5]"));
			}
			return pass.append(pick("", "", ".")).toString();
		}

		String number() {
			var number = new StringBuilder(pick("", "", "9", "00", "*7"));
			for (int i = this.random.nextInt(5) + 1; i >= 0; i--) {
				number.append(pick("1", "2", "3", "5", "0", "7"));
			}
			return number.toString();
		}

		/** Ids fall as places rise, so that only the sequence tells the order. */
		String sql() {
			var sql = new StringBuilder("""
					CREATE TABLE `outbound_routes` (`route_id` int, `name` varchar(40));
					CREATE TABLE `outbound_route_patterns` (`route_id` int, `match_pattern_prefix` varchar(60),
					 `match_pattern_pass` varchar(60), `match_cid` varchar(60), `prepend_digits` varchar(100));
					INSERT INTO `trunks` (`trunkid`,`name`) VALUES (1,'t');
					""");
			this.rules.forEach((place, rows) -> {
				int id = 100 - place;
				sql.append("INSERT INTO outbound_routes VALUES (%d,'R%d');\n".formatted(id, place));
				sql.append("INSERT INTO outbound_route_sequence (seq,route_id) VALUES (%d,%d);\n".formatted(place, id));
				sql.append(
						"INSERT INTO outbound_route_trunks (route_id,trunk_id,seq) VALUES (%d,1,0);\n".formatted(id));
				rows.forEach((row) -> sql.append("INSERT INTO outbound_route_patterns VALUES (%d,'%s','%s','','%s');\n"
					.formatted(id, row[0], row[1], row[2])));
			});
			return sql.toString();
		}

		/** The first route with a pattern for it, and there the most specific one. */
		Optional<String> leaves(String number) {
			for (var route : this.rules.entrySet()) {
				var best = route.getValue()
					.stream()
					.filter((row) -> number.matches(regex(row[0] + row[1])))
					.min(Comparator.comparing((row) -> specific(row[0] + row[1]), Made::compare));
				if (best.isPresent()) {
					var row = best.get();
					return Optional.of("R" + route.getKey() + " " + row[2] + number.substring(row[0].length()));
				}
			}
			return Optional.empty();
		}

		private static String regex(String pattern) {
			return pattern.replace("*", "\\*")
				.replace(".", "[0-9*#+]+")
				.replace("X", "[0-9]")
				.replace("Z", "[1-9]")
				.replace("N", "[2-9]");
		}

		/** How many digits each place takes; an open end takes most. */
		private static List<Integer> specific(String pattern) {
			var places = new ArrayList<Integer>();
			for (var place : Pattern.compile("\\[[^]]*]|.").matcher(pattern).results().toList()) {
				places.add(switch (place.group()) {
					case "X" -> 10;
					case "Z" -> 9;
					case "N" -> 8;
					case "." -> 100;
					case "[2-4]" -> 3;
					case "[15]" -> 2;
					case "[0-5]" -> 6;
					default -> 1;
				});
			}
			return places;
		}

		private static int compare(List<Integer> one, List<Integer> other) {
			for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
				if (!one.get(i).equals(other.get(i))) {
					return one.get(i) - other.get(i);
				}
			}
			return other.size() - one.size();
		}

	}

}
