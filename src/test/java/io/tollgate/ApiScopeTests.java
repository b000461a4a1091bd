package io.tollgate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Set;

import io.tollgate.account.Role;
import io.tollgate.account.TestTokens;
import io.tollgate.policy.Policies;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token that is limited to a PBX group: whatever belongs to another PBX is not there
 * for it. Generated from the handler mappings, as {@link ScopeTests} is for people.
 */
@TollgateTest
class ApiScopeTests {

	private static final String THEIRS = "zxscriptstheirs";

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	@Autowired
	AutowireCapableBeanFactory beans;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Policies policies;

	@LocalServerPort
	int port;

	private ScopeSide.Maker maker;

	private ScopeSide ours;

	private ScopeSide theirs;

	private TestTokens tokens;

	private String token;

	@BeforeEach
	void sides() {
		this.maker = this.beans.createBean(ScopeSide.Maker.class);
		this.ours = this.maker.make("qwscriptsours", "7310001");
		this.theirs = this.maker.make(THEIRS, "7420002");
		bulkEditIsOf(this.ours.mark(), this.people.username(Role.ADMINISTRATOR) + " (token Tests)");
		this.tokens = this.beans.createBean(TestTokens.class);
		this.token = this.tokens.make(this.people.username(Role.ADMINISTRATOR), Set.of(this.ours.group()),
				TestTokens.all());
	}

	@AfterEach
	void clear() {
		this.tokens.remove();
		bulkEditIsOf(this.people.username(Role.ADMINISTRATOR) + " (token Tests)", this.ours.mark());
		this.maker.remove(this.ours);
		this.maker.remove(this.theirs);
	}

	private void bulkEditIsOf(String before, String after) {
		this.jdbc.sql("update bulk_edit set actor = ? where actor = ?").params(after, before).update();
	}

	private String id(ScopeSide side, String name) {
		return switch (name) {
			case "policy" -> side.id("policy");
			case "country" -> "AR";
			case "pbx" -> side.id("pbx");
			case "apply" -> side.id("run");
			case "approval" -> side.id("approval");
			case "generation" -> side.id("generation");
			case "extension" -> side.id("extension");
			case "edit" -> side.id("bulk");
			case "preset" -> "satellite";
			case "exemption" -> side.id("exemption");
			case "group" -> side.id("group");
			case "announcement" -> side.id("announcement");
			case "route" -> side.id("route");
			case "trunk" -> side.id("trunk");
			case "list" -> side.id("list");
			case "leak" -> "11111111-2222-3333-4444-555555555555";
			case "label" -> side.mark() + "%20guest";
			default -> throw new AssertionError("Say in this test what {" + name + "} is");
		};
	}

	private String path(String pattern, ScopeSide side) {
		var path = pattern;
		while (path.contains("{")) {
			var name = path.substring(path.indexOf('{') + 1, path.indexOf('}'));
			path = path.replace("{" + name + "}", id(side, name));
		}
		return path;
	}

	private static String body(String method, String pattern) {
		if (method.equals("GET")) {
			return "";
		}
		if (pattern.endsWith("/restore")) {
			return "{\"review\": \"x\"}";
		}
		if (pattern.endsWith("/exemptions")) {
			return "{\"pbx\": 999999, \"extension\": \"1001\", \"target\": \"882\"}";
		}
		if (pattern.endsWith("/business-hours")) {
			return "{\"timeZone\": \"UTC\", \"days\": []}";
		}
		if (pattern.endsWith("/v1/policies")) {
			return "{\"name\": \"Nobody's\", \"homeCountry\": \"MX\", \"copyFrom\": 1}";
		}
		if (pattern.endsWith("{pbx}/policy")) {
			return "{\"policy\": 1}";
		}
		if (pattern.contains("/drift/")) {
			return "{\"drift\": \"x\"}";
		}
		return pattern.endsWith("/continue") ? "{\"wave\": 9}" : "{}";
	}

	private static String type(String pattern) {
		if (pattern.endsWith("/patterns")) {
			return "text/csv";
		}
		return pattern.contains("/policy-files/") ? "application/yaml" : "application/json";
	}

	/**
	 * What is answered about what they see: some things need more than this test says.
	 */
	private static int ours(String route) {
		return switch (route) {
			case "POST /api/v1/applies", "POST /api/v1/policy-files/plan", "POST /api/v1/policy-files/apply",
					"POST /api/v1/pbxs", "PUT /api/v1/pbxs/{pbx}/connection", "PUT /api/v1/pbxs/{pbx}/upkeep",
					"POST /api/v1/pbxs/{pbx}/readings", "DELETE /api/v1/pbxs/{pbx}" ->
				422;
			case "POST /api/v1/bootstrap" -> 403;
			// what is about all PBXs
			case "POST /api/v1/policies", "DELETE /api/v1/policies/{policy}", "PUT /api/v1/business-hours",
					"POST /api/v1/stop", "POST /api/v1/stop/lift" ->
				403;
			case "POST /api/v1/policies/{policy}/exemptions" -> 404;
			case "PUT /api/v1/pbxs/{pbx}/policy" -> 422;
			case "DELETE /api/v1/policies/{policy}/exemptions/{exemption}" -> 204;
			case "POST /api/v1/pbxs/{pbx}/routes", "PUT /api/v1/pbxs/{pbx}/routes/{route}",
					"PUT /api/v1/pbxs/{pbx}/routes/order", "POST /api/v1/pbxs/{pbx}/routes/{route}/patterns",
					"POST /api/v1/pbxs/{pbx}/trunks", "POST /api/v1/pin-lists", "PATCH /api/v1/pin-lists/{list}",
					"POST /api/v1/pin-lists/{list}/pins", "POST /api/v1/pbxs/{pbx}/groups",
					"PUT /api/v1/pbxs/{pbx}/groups/{group}", "POST /api/v1/announcements",
					"PUT /api/v1/announcements/{announcement}", "DELETE /api/v1/announcements/{announcement}" ->
				422;
			case "DELETE /api/v1/pbxs/{pbx}/routes/{route}", "DELETE /api/v1/pbxs/{pbx}/trunks/{trunk}",
					"DELETE /api/v1/pin-lists/{list}", "DELETE /api/v1/pin-lists/{list}/pins/{label}",
					"DELETE /api/v1/pbxs/{pbx}/groups/{group}" ->
				204;
			case "POST /api/v1/pbxs/{pbx}/generations/{generation}/restore", "POST /api/v1/pbxs/{pbx}/drift/repair",
					"POST /api/v1/pbxs/{pbx}/drift/adopt" ->
				412;
			case "POST /api/v1/leaks/checks", "POST /api/v1/pbxs/{pbx}/leaks/checks" -> 202;
			case "POST /api/v1/pbxs/{pbx}/leaks/{leak}/mend" -> 404;
			default -> 200;
		};
	}

	/**
	 * The longest path first of those that delete: a PIN before its list, a route before
	 * the trunk.
	 */
	private static Comparator<RequestMappingInfo> lastDeleted() {
		return Comparator
			.comparing(
					(RequestMappingInfo info) -> info.getMethodsCondition().getMethods().contains(RequestMethod.DELETE))
			.thenComparing((info) -> info.getPatternValues().stream().noneMatch((path) -> path.contains("/routes/")))
			.thenComparing((info) -> -info.getPatternValues().stream().findFirst().orElse("").length());
	}

	@Test
	void whatIsTheirsIsNotThere() {
		var before = this.policies.rules(this.theirs.policy());
		var open = new ArrayList<String>();
		var routes = new ArrayList<>(this.requestMappingHandlerMapping.getHandlerMethods().keySet());
		routes.sort(lastDeleted());
		routes.forEach((info) -> {
			var pattern = info.getPatternValues().stream().findFirst().orElse("");
			if (!pattern.startsWith("/api/") || pattern.endsWith("/dial-tests") || pattern.endsWith("/bulk-edits")) {
				return;
			}
			var method = info.getMethodsCondition().getMethods().iterator().next().name();
			for (var side : Set.of(this.ours, this.theirs)) {
				var asked = path(pattern, side) + (pattern.endsWith("/policy-files/apply") ? "?review=x" : "");
				var answer = new Http(this.port).exchange(method, asked, body(method, pattern), type(pattern),
						"Authorization", "Bearer " + this.token, "If-Match", "*", "Idempotency-Key", side.mark());
				int meant = (side.equals(this.theirs) && pattern.contains("{")) ? 404 : ours(method + " " + pattern);
				if (answer.statusCode() != meant || answer.body().contains(THEIRS)) {
					open.add(method + " " + path(pattern, side) + ": " + answer.statusCode() + " " + answer.body());
				}
			}
		});
		assertThat(open).isEmpty();
		assertThat(this.policies.rules(this.theirs.policy())).isEqualTo(before);
	}

}
