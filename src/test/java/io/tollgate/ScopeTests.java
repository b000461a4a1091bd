package io.tollgate;

import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tollgate.account.Accounts;
import io.tollgate.account.Role;
import io.tollgate.extension.Discovered;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.Policies;
import io.tollgate.route.Routes;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People who are limited to a group of PBXs: whatever belongs to another PBX is not there
 * for them. Generated from the handler mappings: a route that takes an id which this test
 * does not know fails it.
 */
@TollgateTest
class ScopeTests {

	private static final String OURS = "qwours";

	private static final String THEIRS = "zxtheirs";

	/** What is about people, or about all PBXs, and not about one. */
	private static final Set<String> OF_PEOPLE = Set.of("io.tollgate.account", "io.tollgate.notice");

	private static final List<String> TABLES = List.of("policy", "policy_allowed_code", "policy_international_prefix",
			"policy_emergency_number", "policy_restriction", "business_hours", "business_hours_day", "pbx_upkeep",
			"extension_group", "extension_group_member", "trunk", "announcement", "pin_list", "pin", "outbound_route",
			"outbound_route_rule", "outbound_route_trunk", "outbound_route_user", "restriction_exemption",
			"approval_request", "apply_run", "apply_target", "generation", "fleet_stop", "bulk_edit",
			"extension_import", "extension_import_row", "policy_file");

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	Accounts accounts;

	@Autowired
	TestAccounts people;

	@Autowired
	PbxRegistry registry;

	@Autowired
	Policies policies;

	@Autowired
	Extensions extensions;

	@Autowired
	Routes routes;

	@Autowired
	PinLists pins;

	@Autowired
	JdbcTemplate jdbc;

	@LocalServerPort
	int port;

	private ScopeSide.Maker maker;

	private ScopeSide ours;

	private ScopeSide theirs;

	private Http operator;

	private Http viewer;

	@BeforeEach
	void sides() {
		this.maker = this.beans.createBean(ScopeSide.Maker.class);
		this.ours = this.maker.make(OURS, "7310001");
		this.theirs = this.maker.make(THEIRS, "7420002");
		this.jdbc.update("update bulk_edit set actor = 'limited-operator' where actor = ?", OURS);
		this.jdbc.update("update policy_file set actor = 'limited-operator' where actor = ?", OURS);
		this.operator = limited(Role.OPERATOR);
		this.viewer = limited(Role.VIEWER);
	}

	@AfterEach
	void clear() {
		this.maker.remove(this.ours);
		this.maker.remove(this.theirs);
		this.jdbc.update("delete from bulk_edit where actor = 'limited-operator'");
		this.jdbc.update("delete from policy_file where actor = 'limited-operator'");
		this.jdbc.update("delete from account_group where group_name = ?", this.ours.group());
		this.jdbc.update("delete from account where username like 'limited-%'");
	}

	private Http limited(Role role) {
		var name = "limited-" + role.name().toLowerCase(Locale.ROOT);
		var account = this.accounts.create(name, "Limited", TestAccounts.PASSWORD, role);
		this.jdbc.update("insert into account_group (account_id, group_name) values (?, ?)", account.id(),
				this.ours.group());
		return new Http(this.port).signIn(name, TestAccounts.PASSWORD);
	}

	@Test
	void whatIsTheirsIsNotThereByAnyId() {
		var before = rows();
		var open = new ArrayList<String>();
		int asked = 0;
		for (var route : routes()) {
			if (route.ids().isEmpty()) {
				continue;
			}
			for (var reader : Map.of("operator", this.operator, "viewer", this.viewer).entrySet()) {
				for (var foreign : combinations(route.ids())) {
					asked++;
					var answer = ask(reader.getValue(), route, foreign);
					if (!isRefused(answer, route, reader.getKey(), foreign.size() == route.ids().size())) {
						open.add("%s %s with their %s: %s".formatted(reader.getKey(), route, foreign, answer));
					}
				}
			}
		}
		assertThat(open).isEmpty();
		assertThat(asked).isGreaterThan(100);
		assertThat(rows()).isEqualTo(before);
	}

	/** All of them theirs, and each alone. */
	private static List<Set<String>> combinations(Collection<String> ids) {
		var combinations = new ArrayList<Set<String>>();
		combinations.add(Set.copyOf(ids));
		if (ids.size() > 1) {
			ids.forEach((id) -> combinations.add(Set.of(id)));
		}
		return combinations;
	}

	private boolean isRefused(Answer answer, Route route, String reader, boolean all) {
		if (answer.holds(THEIRS) || answer.holds(this.theirs.number())) {
			return false;
		}
		if (answer.status() == 404) {
			return true;
		}
		if (answer.status() == 403) {
			return route.role().contains("ADMINISTRATOR")
					|| reader.equals("viewer") && route.role().contains("OPERATOR");
		}
		// a filter, or an id that the rest of the question does not go with: as of one
		// that
		// never was
		boolean filter = route.inPath().isEmpty() || !all;
		return filter && (answer.status() < 400 || answer.status() == 422);
	}

	@Test
	void noPageNamesWhatIsTheirs() {
		var shown = new ArrayList<String>();
		var telling = new ArrayList<String>();
		var failed = new ArrayList<String>();
		var everybody = new Http(this.port).signIn(this.people.username(Role.ADMINISTRATOR), TestAccounts.PASSWORD);
		for (var route : routes()) {
			if (!route.method().equals("GET")) {
				continue;
			}
			for (var reader : Map.of("operator", this.operator, "viewer", this.viewer).entrySet()) {
				var answer = ask(reader.getValue(), route, Set.of());
				if (answer.holds(THEIRS) || answer.holds(this.theirs.number())) {
					shown.add(reader.getKey() + " " + route);
				}
				boolean forbidden = answer.status() == 403 && !route.role().isEmpty();
				if (!forbidden && answer.status() != 200 && answer.status() != 302 && answer.status() != 204) {
					failed.add(reader.getKey() + " " + route + ": " + answer.status());
				}
			}
			if (ask(everybody, route, Set.of()).holds(THEIRS)) {
				telling.add(route.toString());
			}
		}
		assertThat(shown).isEmpty();
		assertThat(failed).isEmpty();
		assertThat(telling).as("pages that name them to whoever sees all").hasSizeGreaterThan(12);
	}

	@Test
	void searchesAndFiltersFindWhatIsOursOnly() {
		for (var path : List.of("/extensions?q=", "/extensions.csv?q=", "/pbxs?q=", "/extensions?group=",
				"/tester?extension=" + this.theirs.number() + "&number=0054", "/routes?number=9005555")) {
			var answer = this.viewer.get(path + (path.endsWith("=") ? "person" : ""));
			assertThat(answer.body().toLowerCase(Locale.ROOT)).as(path).doesNotContain(THEIRS);
		}
		assertThat(this.viewer.get("/pbxs").body()).contains(OURS + " plant");
		assertThat(this.viewer.get("/extensions?q=person").body()).contains(this.ours.number());
		assertThat(this.viewer.get("/applies").body()).contains(OURS + " plant");
	}

	@Test
	void theAuditLogSaysWhatHappenedOnOurPbxsOnly() {
		var ours = OURS + " plant";
		assertThat(this.viewer.get("/audit").body()).contains(ours, "You see what happened on your PBXs")
			.doesNotContainIgnoringCase(THEIRS);
		assertThat(this.viewer.get("/audit?q=" + THEIRS).body()).contains("No entry matches");
		for (var format : List.of("csv", "jsonl")) {
			assertThat(this.operator.post("/audit/export", Map.of("format", format)).body()).contains(ours)
				.doesNotContainIgnoringCase(THEIRS);
		}
		assertThat(this.operator.post("/audit/verify", Map.of()).statusCode()).isEqualTo(403);
	}

	@Test
	void aTokenSeesNoMoreThanItsMaker() {
		var form = Map.of("name", "Scope", "scopes", "pbx:read", "days", "1", "limited", "true", "groups",
				this.theirs.group());
		assertThat(this.operator.post("/tokens", form).statusCode()).isEqualTo(422);
		var made = this.operator.post("/tokens", Map.of("name", "Scope", "scopes", "pbx:read", "days", "1")).body();
		assertThat(api(token(made), "/api/v1/pbxs")).contains(OURS + " plant").doesNotContain(THEIRS);
		var reads = token(
				this.operator.post("/tokens", Map.of("name", "A", "scopes", "audit:read", "days", "1")).body());
		assertThat(api(reads, "/api/v1/audit")).contains(OURS + " plant").doesNotContain(THEIRS);
		var asks = token(this.operator.post("/tokens", Map.of("name", "B", "scopes", "dial-test", "days", "1")).body());
		var question = "{\"pbx\":%s,\"extension\":\"%s\",\"number\":\"0054\"}";
		assertThat(dialTest(asks, question.formatted(this.theirs.id("pbx"), this.theirs.number()))).contains("422")
			.doesNotContain(THEIRS);
		assertThat(dialTest(asks, question.formatted(this.ours.id("pbx"), this.ours.number())))
			.contains(OURS + " plant");

		// its maker is moved to the others: it goes along on the next request
		this.jdbc.update("update account_group set group_name = ? where group_name = ?", this.theirs.group(),
				this.ours.group());
		assertThat(api(token(made), "/api/v1/pbxs")).contains(THEIRS).doesNotContain(OURS + " plant");
	}

	private static String token(String page) {
		var found = Pattern.compile("tg_[0-9A-Za-z]{12}_[0-9A-Za-z_-]{43}").matcher(page);
		assertThat(found.find()).isTrue();
		return found.group();
	}

	private String api(String token, String path) {
		return new Http(this.port).send("GET", path, "", "Authorization", "Bearer " + token).body();
	}

	private String dialTest(String token, String question) {
		return new Http(this.port)
			.exchange("POST", "/api/v1/dial-tests", question, "application/json", "Authorization", "Bearer " + token)
			.body();
	}

	@Test
	void aBulkEditOfAllIsOfAllThatAreOurs() {
		var edited = this.operator.post("/extensions/save",
				Map.of("all", "true", "change", "outbound", "disallowOutbound", "true"));
		assertThat(edited.statusCode()).isEqualTo(302);
		var ticked = this.operator.post("/extensions/save",
				Map.of("ext", this.theirs.id("extension") + "," + this.ours.id("extension"), "change", "hours",
						"disallowOutsideBusinessHours", "true"));
		assertThat(ticked.statusCode()).isEqualTo(302);
		var mine = this.extensions.restrictions(this.ours.pbx()).get(this.ours.number());
		assertThat(mine.disallowOutbound()).isTrue();
		assertThat(mine.disallowOutsideBusinessHours()).isTrue();
		assertThat(this.extensions.restrictions(this.theirs.pbx()).get(this.theirs.number()))
			.isEqualTo(io.tollgate.extension.CallRestrictions.DEFAULT);
	}

	@Test
	void aPolicyThatServesOthersTooIsReadOnly() {
		assertThat(protect(this.ours.policy(), false)).isEqualTo(302);
		assertThat(this.policies.rules(this.ours.policy()).protectionEnabled()).isFalse();
		this.registry.assignPolicy(this.theirs.pbx(), this.ours.policy());
		assertThat(protect(this.ours.policy(), true)).isEqualTo(403);
		assertThat(this.policies.rules(this.ours.policy()).protectionEnabled()).isFalse();
		for (var page : List.of("country-codes", "number-restrictions", "settings")) {
			assertThat(this.operator.get("/security/" + page + "?policy=" + this.ours.policy()).body()).as(page)
				.contains("id=\"shared\"")
				.doesNotContain(THEIRS)
				.doesNotContain("/protection\" method");
		}
		this.registry.assignPolicy(this.theirs.pbx(), this.theirs.policy());
		assertThat(protect(this.ours.policy(), true)).isEqualTo(302);
	}

	private int protect(long policy, boolean on) {
		this.operator.get("/security/country-codes?policy=" + policy);
		return this.operator
			.post("/security/country-codes/" + policy + "/protection", on ? Map.of("enabled", "true") : Map.of())
			.statusCode();
	}

	@Test
	void whatSeveralPbxsUseIsReadOnly() {
		var list = this.ours.id("list");
		var route = this.routes.list(this.theirs.pbx()).getFirst();
		this.routes.save(this.theirs.pbx(), route.id(), route.route().withPins(list));
		assertThat(this.operator.get("/pin-lists/" + list).body()).contains(OURS).doesNotContain(THEIRS);
		assertThat(this.operator.post("/pin-lists/" + list + "/name", Map.of("name", "Other")).statusCode())
			.isEqualTo(403);
		this.routes.save(this.theirs.pbx(), route.id(), route.route());
		assertThat(this.operator.post("/pin-lists/" + list + "/name", Map.of("name", OURS + " pins")).statusCode())
			.isEqualTo(302);
	}

	/** The list of another side is in no route that somebody saves, nor is its sound. */
	@Test
	void aRouteNamesNothingThatIsTheirs() {
		var fields = new HashMap<>(Map.of("pbx", this.ours.id("pbx"), "name", "Mine", "act", "save", "match", "9XXXXXX",
				"trunk", OURS + "-trunk", "ask", "PIN", "pins", this.theirs.id("list")));
		assertThat(this.operator.post("/routes", fields).statusCode()).isEqualTo(422);
		assertThat(this.routes.list(this.ours.pbx())).hasSize(2);
	}

	@Test
	void aRunOverOthersShowsAndCountsWhatIsOurs() {
		var run = this.maker.runOf(this.theirs, this.ours);
		var page = this.operator.get("/applies/" + run);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains(OURS + " plant").doesNotContain(THEIRS).doesNotContain("2 PBXs");
		assertThat(this.operator.get("/applies").body()).contains(run).doesNotContain(THEIRS);
		assertThat(this.operator.post("/applies/" + run + "/stop", Map.of()).statusCode()).isEqualTo(403);
		assertThat(this.operator.post("/applies/" + run + "/continue", Map.of("wave", "1")).statusCode())
			.isEqualTo(403);
		assertThat(this.operator.post("/applies/" + this.theirs.id("run") + "/stop", Map.of()).statusCode())
			.isEqualTo(404);
	}

	@Test
	void whatIsAboutEveryPbxIsForPeopleWhoSeeEveryPbx() {
		var before = rows();
		assertThat(this.operator.post("/stop", Map.of("reason", "fraud")).statusCode()).isEqualTo(403);
		assertThat(this.operator.get("/stop").body()).doesNotContain("name=\"reason\"");
		assertThat(this.operator.post("/settings", Map.of("revision", "0")).statusCode()).isEqualTo(403);
		assertThat(this.operator
			.post("/announcements", Map.of("name", "Heard everywhere", "sounds", "sorry", "code", "*77"))
			.statusCode()).isEqualTo(403);
		var upkeep = "/pbxs/" + this.ours.id("pbx") + "/upkeep";
		assertThat(this.operator.post(upkeep, Map.of("group", this.theirs.group())).statusCode()).isEqualTo(403);
		assertThat(this.operator.post(upkeep, Map.of("group", "")).statusCode()).isEqualTo(403);
		assertThat(rows()).isEqualTo(before);
		assertThat(this.operator.post(upkeep, Map.of("group", this.ours.group())).statusCode()).isEqualTo(302);
	}

	@Test
	void anApplyNamesNobodyElsesPbx() {
		for (var path : List.of("/applies", "/review/choose")) {
			var answer = this.operator.post(path, Map.of("target", this.theirs.id("pbx") + ":x"));
			assertThat(answer.statusCode()).as(path).isEqualTo(404);
		}
	}

	/**
	 * What a limited person discards is theirs alone, also where the password is kept.
	 */
	@Test
	void discardingKeepsWhatIsTheirs() {
		this.policies.block(this.theirs.policy(), Set.of("54"));
		this.policies.allow(this.theirs.policy(), Set.of("54"));
		this.policies.allow(this.ours.policy(), Set.of("54"));
		this.extensions.discovered(this.theirs.pbx(),
				List.of(new Discovered(this.theirs.number(), THEIRS + " person"), new Discovered("7420003", "")));
		assertThat(this.operator.post("/discard", Map.of()).statusCode()).isEqualTo(302);
		assertThat(this.policies.rules(this.theirs.policy()).allowedCodes()).contains("54");
		assertThat(this.policies.rules(this.ours.policy()).allowedCodes()).doesNotContain("54");
		assertThat(this.pins.all()).containsKey(this.theirs.id("list"));
	}

	private List<Route> routes() {
		return this.requestMappingHandlerMapping.getHandlerMethods()
			.entrySet()
			.stream()
			.filter((each) -> each.getValue().getBeanType().getPackageName().startsWith("io.tollgate"))
			.filter((each) -> !each.getKey().getPatternValues().contains("/error"))
			// a session opens nothing there: ApiAccessTests
			.filter((each) -> each.getKey().getPatternValues().stream().noneMatch((path) -> path.startsWith("/api/")))
			.filter((each) -> !OF_PEOPLE.contains(each.getValue().getBeanType().getPackageName()))
			.flatMap((each) -> routes(each.getKey(), each.getValue()))
			.sorted((a, b) -> a.toString().compareTo(b.toString()))
			.toList();
	}

	private static Stream<Route> routes(RequestMappingInfo info, HandlerMethod method) {
		var methods = info.getMethodsCondition().getMethods();
		return (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods).stream()
			.flatMap((verb) -> info.getPatternValues()
				.stream()
				.map((pattern) -> new Route(verb.name(), pattern, method)));
	}

	private Answer ask(Http http, Route route, Set<String> foreign) {
		Function<String, String> value = (name) -> {
			var side = foreign.contains(name) ? this.theirs : this.ours;
			return side.id(what(route, name));
		};
		var path = route.pattern();
		for (var name : route.inPath()) {
			path = path.replaceFirst("\\{" + name + "(:[^/{}]*)?}",
					route.fixed(name).orElseGet(() -> value.apply(name)));
		}
		var fields = new LinkedHashMap<String, String>();
		route.inForm().forEach((name) -> fields.put(name, form(route, name, value.apply(name))));
		route.others().forEach((name, type) -> fields.putIfAbsent(name, some(name, type)));
		if (route.method().equals("GET")) {
			var query = fields.entrySet().stream().map((each) -> each.getKey() + "=" + each.getValue());
			var answer = http.get(path + "?" + query.collect(Collectors.joining("&")));
			return new Answer(answer.statusCode(), answer.body());
		}
		fields.putIfAbsent("act", "save");
		var answer = http.post(path, fields);
		var after = answer.headers()
			.firstValue("Location")
			.filter((to) -> answer.statusCode() == 302)
			.map((to) -> http.get(to.replaceFirst("^https?://[^/]*", "")).body())
			.orElse("");
		return new Answer(answer.statusCode(), answer.body() + after);
	}

	/** A PBX comes with the checksum that was reviewed, a group with its PBX. */
	private String form(Route route, String name, String id) {
		if (name.equals("target") && route.pattern().matches("/applies|/review/choose")) {
			return id + ":x";
		}
		return id;
	}

	/** What that name stands for in that route. */
	private static String what(Route route, String name) {
		var pattern = route.pattern();
		return switch (name) {
			case "pbx", "target", "pbxId" -> "pbx";
			case "policy", "from" -> "policy";
			case "generation" -> "generation";
			case "file" -> pattern.startsWith("/policies/") ? "policy-file" : "import";
			case "ext", "more", "except" -> "extension";
			case "name" -> pattern.startsWith("/trunks") ? "trunk" : unknown(route, name);
			case "key" -> pattern.startsWith("/groups") ? "group" : pattern.startsWith("/pin-lists") ? "list"
					: pattern.startsWith("/announcements") ? "announcement" : unknown(route, name);
			case "id" -> pattern.startsWith("/pbxs/") ? "pbx" : pattern.startsWith("/applies/") ? "run"
					: pattern.startsWith("/routes/") ? "route"
							: pattern.startsWith("/approvals/") ? "approval" : pattern.startsWith("/extensions/edits/")
									? "bulk" : pattern.contains("/exemptions/") ? "exemption" : unknown(route, name);
			default -> unknown(route, name);
		};
	}

	private static String unknown(Route route, String name) {
		throw new AssertionError("Say in this test what " + name + " is in " + route
				+ ", so that it is tried with the id of somebody else's");
	}

	private static String some(String name, Class<?> type) {
		if (type == boolean.class) {
			return "true";
		}
		if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
			return "0";
		}
		return switch (name) {
			case "code", "codes" -> "54";
			case "act" -> "save";
			case "mode" -> "append";
			case "homeCountry" -> "MX";
			case "dialingCode" -> "00";
			case "rules" -> "live";
			default -> "x";
		};
	}

	/** Everything that people can change, but for what the background notes by itself. */
	private Map<String, List<String>> rows() {
		var rows = new TreeMap<String, List<String>>();
		TABLES.forEach((table) -> rows.put(table,
				this.jdbc.queryForList("select * from " + table)
					.stream()
					.map((row) -> row.values().stream().map(ScopeTests::text).collect(Collectors.joining("|")))
					.sorted()
					.toList()));
		return rows;
	}

	private static String text(Object value) {
		return (value instanceof byte[] bytes) ? java.util.Arrays.toString(bytes) : String.valueOf(value);
	}

	private record Answer(int status, String body) {

		boolean holds(String text) {
			return this.body.toLowerCase(Locale.ROOT).contains(text);
		}

		/** With where it says too much. */
		@Override
		public String toString() {
			int at = this.body.toLowerCase(Locale.ROOT).indexOf(THEIRS);
			return (at < 0) ? String.valueOf(this.status)
					: this.status + " … " + this.body.substring(Math.max(0, at - 80), at + THEIRS.length());
		}

	}

	/** One route with what it takes. */
	private record Route(String method, String pattern, HandlerMethod handler) {

		private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)");

		/** What is in the path but names nothing of anybody's. */
		private static final Map<String, String> FIXED = Map.of("codes", "54", "verb", "allow", "preset", "satellite");

		Optional<String> fixed(String name) {
			return Optional.ofNullable(FIXED.get(name));
		}

		List<String> inPath() {
			return VARIABLE.matcher(this.pattern).results().map((found) -> found.group(1)).toList();
		}

		/** Names that hold ids. */
		List<String> ids() {
			return Stream.concat(inPath().stream().filter((name) -> !FIXED.containsKey(name)), inForm().stream())
				.distinct()
				.toList();
		}

		List<String> inForm() {
			return parameters().keySet()
				.stream()
				.filter((name) -> !inPath().contains(name) && isId(name, parameters().get(name)))
				.toList();
		}

		/** Required, and no id. */
		Map<String, Class<?>> others() {
			var others = new LinkedHashMap<String, Class<?>>();
			for (var parameter : this.handler.getMethod().getParameters()) {
				var asked = parameter.getAnnotation(RequestParam.class);
				if (asked != null && asked.required() && asked.defaultValue().equals(ValueConstants.DEFAULT_NONE)
						&& !Map.class.isAssignableFrom(parameter.getType()) && !ids().contains(name(parameter))) {
					others.put(name(parameter), parameter.getType());
				}
			}
			return others;
		}

		/** A number, unless it is said to be none, or a text that is known to be one. */
		private static boolean isId(String name, Class<?> type) {
			boolean number = type == long.class || type == Long.class || type == UUID.class;
			return (number && !Set.of("revision", "below", "above", "seen").contains(name))
					|| Set.of("pbx", "target", "ext", "more", "except").contains(name);
		}

		/** Also those of the controller's model. */
		private Map<String, Class<?>> parameters() {
			var parameters = new LinkedHashMap<String, Class<?>>();
			var methods = Stream.concat(Stream.of(this.handler.getMethod()),
					Stream.of(this.handler.getBeanType().getDeclaredMethods())
						.filter((each) -> AnnotatedElementUtils.hasAnnotation(each, ModelAttribute.class)));
			methods.flatMap((each) -> Stream.of(each.getParameters())).forEach((parameter) -> {
				if (parameter.isAnnotationPresent(RequestParam.class)
						&& !Map.class.isAssignableFrom(parameter.getType())) {
					parameters.put(name(parameter), parameter.getType());
				}
			});
			return parameters;
		}

		private static String name(Parameter parameter) {
			var asked = parameter.getAnnotation(RequestParam.class);
			var path = parameter.getAnnotation(PathVariable.class);
			var said = (asked != null) ? asked.name() + asked.value() : (path != null) ? path.name() : "";
			return said.isEmpty() ? parameter.getName() : said;
		}

		/** Who may, as the method or its class says. */
		String role() {
			var method = this.handler.getMethodAnnotation(PreAuthorize.class);
			var type = this.handler.getBeanType().getAnnotation(PreAuthorize.class);
			return ((method != null) ? method.value() : "") + ((type != null) ? type.value() : "");
		}

		@Override
		public String toString() {
			return this.method + " " + this.pattern;
		}

	}

}
