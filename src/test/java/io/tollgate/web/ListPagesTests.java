package io.tollgate.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.tollgate.account.Role;
import io.tollgate.extension.Discovered;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a list shows stands in its address, so that it survives a reload and can be sent:
 * search, filter, order and page come from there, and the list's own links keep them.
 */
@TollgateTest
class ListPagesTests {

	private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates");

	/** Lists that have what stands behind them in their address. */
	private static final Map<String, String> ADDRESSED = new TreeMap<>(
			Map.ofEntries(Map.entry("fleet/list", "/pbxs q status sort dir page"),
					Map.entry("extension/list", "/extensions q show pbx group sort dir page"),
					Map.entry("extension/groups", "/groups pbx page; by name"),
					Map.entry("extension/import-preview", "/extensions/import/{file} show page; by line"),
					Map.entry("policy/country-parts", "/security/country-codes policy q filter region; by name"),
					Map.entry("policy/restriction-parts",
							"/security/number-restrictions policy q page; in FreePBX's order"),
					Map.entry("apply/history", "/applies page; newest first"),
					Map.entry("apply/run", "/applies/{id} show page; in the order of the run"),
					Map.entry("apply/generations", "/pbxs/{id}/generations page; newest first"),
					Map.entry("audit/log", "/audit q actor type object from to above below; newest first"),
					Map.entry("leak/check", "/leaks rules pbx, with a filter by state of its parts; worst first")));

	/** Lists without, and why. */
	private static final Map<String, String> EXEMPT = new TreeMap<>(
			Map.ofEntries(Map.entry("account/users", "the people who run PBXs: a dozen or two"),
					Map.entry("account/tokens", "one a script: a dozen or two"),
					Map.entry("account/passkey-parts", "one a device of one person"),
					Map.entry("pin/lists", "one a department: a dozen or two"),
					Map.entry("announcement/list", "a handful, each recorded once"),
					Map.entry("notice/channels", "one a mailbox or hook: a handful"),
					Map.entry("approval/list", "what waits for a second person: a handful, oldest first"),
					Map.entry("route/trunks", "of one PBX, in the address: a dozen or two"),
					Map.entry("route/import", "a preview of one upload, in FreePBX's order"),
					Map.entry("policyfile/import-plan", "a preview of one upload, in the order of the file"),
					Map.entry("policy/restriction-import", "a preview of one upload, in the order of the file")));

	private static final Pattern LIST = Pattern.compile("data-table|ui :: pager");

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

	@Autowired
	TestAccounts people;

	@LocalServerPort
	int port;

	private final List<Long> pbxs = new ArrayList<>();

	private Http http;

	@BeforeEach
	void fleet() {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("setup", "", "ROLE_ADMINISTRATOR"));
		for (int i = 1; i <= 52; i++) {
			this.pbxs.add(
					this.registry
						.add(new NewPbx(new PbxConnection("Listed %02d".formatted(i), "127.0.0.1", 16_000 + i, false,
								null, "tollgate"), false, 1), "secret")
						.id());
		}
		for (int i = 1; i <= 3; i++) {
			var many = new ArrayList<Discovered>();
			for (int j = 0; j < 20 * i; j++) {
				many.add(new Discovered(String.valueOf(1000 * i + j), "Listed person"));
			}
			this.extensions.discovered(this.pbxs.get(i), many);
		}
		this.http = new Http(this.port).signIn(this.people.username(Role.VIEWER), TestAccounts.PASSWORD);
	}

	@AfterEach
	void clear() {
		this.pbxs.forEach(this.registry::remove);
		SecurityContextHolder.clearContext();
	}

	/** A new list is either addressed or somebody says here why not. */
	@Test
	void noListIsForgotten() throws IOException {
		var lists = new TreeSet<String>();
		try (Stream<Path> files = Files.walk(TEMPLATES)) {
			for (var file : files.filter((each) -> each.toString().endsWith(".html")).toList()) {
				if (LIST.matcher(Files.readString(file)).find()) {
					lists.add(TEMPLATES.relativize(file).toString().replace(".html", ""));
				}
			}
		}
		var named = new TreeSet<>(ADDRESSED.keySet());
		named.addAll(EXEMPT.keySet());
		named.removeIf((each) -> each.equals("fragments/ui"));
		lists.remove("fragments/ui");
		assertThat(lists).isEqualTo(named);
	}

	@ParameterizedTest
	@CsvSource({ "/pbxs?q=listed&sort=extensions&dir=desc, q=listed sort=extensions dir=desc page=1",
			"/extensions?q=listed&sort=name&dir=desc, q=listed sort=name dir=desc page=2" })
	void theNextPageKeepsSearchFilterAndOrder(String address, String kept) {
		var next = links(address, "rel=\"next\"").findFirst().orElseThrow();
		assertThat(next).contains(kept.split(" "));
	}

	@Test
	void theFleetIsInTheOrderOfItsAddress() {
		assertThat(names("/pbxs?q=listed&sort=extensions&dir=desc")).startsWith("Listed 04", "Listed 03", "Listed 02");
		assertThat(names("/pbxs?q=listed&dir=desc")).startsWith("Listed 52", "Listed 51");
		assertThat(names("/pbxs?q=listed&sort=nonsense")).startsWith("Listed 01", "Listed 02");
		assertThat(names("/pbxs?q=listed&sort=extensions&page=1")).containsExactly("Listed 03", "Listed 04");
		var page = this.http.get("/pbxs?q=listed&sort=extensions&dir=desc").body();
		assertThat(page).contains("aria-sort=\"descending\"")
			.containsPattern("name=\"sort\" value=\"extensions\"")
			.containsPattern("name=\"dir\" value=\"desc\"");
		assertThat(links("/pbxs?q=listed&sort=extensions&dir=desc", "class=\"chip\"")).allMatch(
				(link) -> link.contains("sort=extensions") && link.contains("dir=desc") && link.contains("q=listed"));
		var status = links("/pbxs?q=listed", "class=\"chip\"").filter((link) -> link.contains("status="))
			.map((link) -> link.replaceAll(".*(status=[a-z-]+).*", "$1"))
			.findFirst()
			.orElseThrow();
		assertThat(links("/pbxs?q=listed&sort=extensions&" + status, "class=\"sort\"")).hasSize(6)
			.allMatch((link) -> link.contains("q=listed") && link.contains(status))
			.anyMatch((link) -> link.contains("sort=extensions") && link.contains("dir=desc"));
	}

	private List<String> names(String address) {
		return Pattern.compile(">(Listed [0-9]{2})</a>")
			.matcher(this.http.get(address).body())
			.results()
			.map((found) -> found.group(1))
			.toList();
	}

	/** The addresses of the links that have that in their tag. */
	private Stream<String> links(String address, String mark) {
		return Pattern.compile("<a\\b[^>]*>")
			.matcher(this.http.get(address).body())
			.results()
			.map(MatchResult::group)
			.filter((tag) -> tag.contains(mark))
			.map((tag) -> tag.replaceAll(".*href=\"([^\"]*)\".*", "$1"));
	}

}
