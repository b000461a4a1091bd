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
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
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
	private static final Map<String, String> ADDRESSED = new TreeMap<>(Map.ofEntries(
			Map.entry("fleet/list", "/pbxs q status sort dir page"),
			Map.entry("extension/list", "/extensions q show pbx group sort dir page"),
			Map.entry("extension/groups", "/groups pbx q sort dir page"),
			Map.entry("approval/list", "/approvals q sort dir page of those that are decided; those that wait whole"),
			Map.entry("account/users", "/users q sort dir page"),
			Map.entry("account/tokens", "/tokens q sort dir page"),
			Map.entry("pin/lists", "/pin-lists q sort dir page"),
			Map.entry("pin/list", "/pin-lists/{key} q page; by name"),
			Map.entry("announcement/list", "/announcements q sort dir page"),
			Map.entry("notice/channels", "/notifications q sort dir page; below it the last of those sent"),
			Map.entry("notice/sent", "/notifications/sent q show sort dir page"),
			Map.entry("route/trunks", "/trunks pbx q sort dir page"),
			Map.entry("extension/import-preview", "/extensions/import/{file} show page; by line"),
			Map.entry("policy/country-parts", "/security/country-codes policy q filter region sort dir"),
			Map.entry("policy/restriction-parts", "/security/number-restrictions policy q page; in FreePBX's order"),
			Map.entry("apply/history", "/applies q show sort dir page"),
			Map.entry("apply/run", "/applies/{id} show q sort dir page"),
			Map.entry("apply/generations",
					"/pbxs/{id}/generations page; newest first, as a row tells what differs from the one before"),
			Map.entry("audit/log", "/audit q actor type object from to above below; newest first"),
			Map.entry("leak/check", "/leaks rules pbx sort dir page")));

	/** Lists without, and why. */
	private static final Map<String, String> EXEMPT = new TreeMap<>(
			Map.ofEntries(Map.entry("account/passkey-parts", "one a device of one person"),
					Map.entry("route/import", "a preview of one upload, in FreePBX's order"),
					Map.entry("policyfile/import-plan", "a preview of one upload, in the order of the file"),
					Map.entry("policy/restriction-import", "a preview of one upload, in the order of the file")));

	private static final Pattern LIST = Pattern.compile("data-table|ui :: pager|fragments/listing ::");

	@Autowired
	PbxRegistry registry;

	@Autowired
	Extensions extensions;

	@Autowired
	TestAccounts people;

	@Autowired
	JdbcTemplate jdbc;

	@LocalServerPort
	int port;

	private ListedRows rows;

	private Http http;

	@BeforeEach
	void fleet() {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("setup", "", "ROLE_ADMINISTRATOR"));
		this.rows = new ListedRows(this.registry, this.extensions, this.jdbc, this.people.username(Role.ADMINISTRATOR));
		this.http = new Http(this.port).signIn(this.people.username(Role.ADMINISTRATOR), TestAccounts.PASSWORD);
	}

	@AfterEach
	void clear() {
		this.rows.remove();
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
		lists.removeIf((each) -> each.startsWith("fragments/"));
		assertThat(lists).isEqualTo(named);
	}

	@ParameterizedTest
	@CsvSource({ "/extensions?q=listed&sort=name&dir=desc, q=listed sort=name dir=desc page=2" })
	void theNextPageKeepsSearchFilterAndOrder(String address, String kept) {
		var next = links(address, "rel=\"next\"").findFirst().orElseThrow();
		assertThat(next).contains(kept.split(" "));
	}

	/** Each of these lists has 52 rows that are called so, one page and a bit. */
	static Stream<Arguments> lists() {
		return Stream
			.of("/pbxs", "/groups", "/users", "/tokens", "/pin-lists", "/pin-lists/listed", "/announcements",
					"/notifications", "/notifications/sent", "/trunks", "/applies", "/approvals", "/groups?pbx={pbx}",
					"/trunks?pbx={pbx}")
			.map(Arguments::of);
	}

	@ParameterizedTest
	@MethodSource("lists")
	void whatIsSearchedIsFoundAndCanBeSent(String list) {
		var path = path(list);
		assertThat(names(path + "q=listed")).hasSize(50).startsWith("01", "02", "03");
		assertThat(names(path + "q=LISTED")).isEqualTo(names(path + "q=listed"));
		assertThat(names(path + "q=listed-07")).containsExactly("07");
		assertThat(names(path + "q=no-such-thing")).isEmpty();
		var none = this.http.get(path + "q=no-such-thing").body();
		assertThat(none).containsAnyOf("Nothing found", "No PBX matches").doesNotContain("??");
		assertThat(names(path + "q=listed&page=2")).containsExactly("51", "52");
		assertThat(names(path + "q=listed&page=999")).containsExactly("51", "52");
		assertThat(names(path + "q=listed&page=x&sort=%3Cb%3E&dir=up")).startsWith("01", "02");
		var next = links(path + "q=listed&sort=", "rel=\"next\"").findFirst().orElseThrow();
		assertThat(next).contains("q=listed", "page=2");
		assertThat(names(next)).containsExactly("51", "52");
		if (list.contains("?pbx")) {
			assertThat(next).contains("pbx=" + this.rows.pbx());
			assertThat(this.http.get(path + "q=listed").body())
				.contains("name=\"pbx\" value=\"" + this.rows.pbx() + '"');
		}
	}

	@ParameterizedTest
	@MethodSource("lists")
	void everyOrderShowsAllRowsBothWaysRound(String list) {
		var path = path(list) + "q=listed";
		var heads = links(path, "class=\"sort\"").toList();
		if (list.equals("/pin-lists/listed")) {
			assertThat(heads).isEmpty();
			return;
		}
		assertThat(heads).hasSizeGreaterThanOrEqualTo(2).allMatch((link) -> link.contains("q=listed"));
		for (var head : heads) {
			var there = this.http.get(head).body();
			assertThat(there).containsPattern("aria-sort=\"(ascending|descending)\"").doesNotContain("??");
			var turned = links(head, "class=\"sort\"").filter((link) -> !heads.contains(link)).toList();
			assertThat(turned).as("the same column the other way round, from " + head).isNotEmpty();
			if (head.matches("/pbxs.*sort=(status|contact).*")) {
				continue; // nobody answers there, which the portal notices meanwhile
			}
			assertThat(all(head)).as(head).hasSize(52).doesNotHaveDuplicates();
			assertThat(all(turned.getFirst())).as(turned.getFirst()).hasSize(52).doesNotHaveDuplicates();
		}
		var turned = heads.stream().filter((link) -> link.contains("dir=")).findFirst().orElseThrow();
		assertThat(names(turned)).as("the usual column turned").startsWith("52", "51", "50");
		// on a phone the table has no head
		assertThat(this.http.get(path).body()).contains("class=\"sort-menu\"");
	}

	/** Of the first page and of the one behind it. */
	private List<String> all(String address) {
		var all = new ArrayList<>(names(address));
		links(address, "rel=\"next\"").findFirst().ifPresent((next) -> all.addAll(names(next)));
		return all;
	}

	private String path(String list) {
		var path = list.replace("{pbx}", String.valueOf(this.rows.pbx()));
		return path + (path.contains("?") ? "&" : "?");
	}

	@Test
	void theFleetKeepsItsStatesApart() {
		assertThat(links("/pbxs?q=listed&sort=extensions&dir=asc", "class=\"chip\"")
			.filter((link) -> !link.contains("sort=") || link.contains("status=")))
			.allMatch((link) -> link.contains("q=listed"));
		var status = links("/pbxs?q=listed", "class=\"chip\"").filter((link) -> link.contains("status="))
			.map((link) -> link.replaceAll(".*(status=[a-z-]+).*", "$1"))
			.findFirst()
			.orElseThrow();
		assertThat(links("/pbxs?q=listed&sort=extensions&" + status, "class=\"sort\"")).hasSize(6)
			.allMatch((link) -> link.contains("q=listed") && link.contains(status))
			.anyMatch((link) -> link.contains("sort=extensions") && link.contains("dir=asc"));
		assertThat(names("/pbxs?q=listed&sort=extensions")).startsWith("03", "02", "01");
	}

	@Test
	void countriesAreInTheOrderOfTheirAddress() {
		var path = "/security/country-codes?policy=1&q=guinea";
		assertThat(countries(path)).containsExactly("+240", "+224", "+245", "+675");
		assertThat(countries(path + "&dir=desc")).containsExactly("+675", "+245", "+224", "+240");
		assertThat(countries(path + "&sort=code")).containsExactly("+224", "+240", "+245", "+675");
		assertThat(countries(path + "&sort=code&dir=desc")).containsExactly("+675", "+245", "+240", "+224");
		assertThat(countries(path + "&sort=region")).containsExactly("+240", "+224", "+245", "+675");
		assertThat(countries(path + "&sort=nonsense")).isEqualTo(countries(path));
		assertThat(links(path + "&sort=code", "class=\"chip\"").filter((link) -> link.contains("filter="))).isNotEmpty()
			.allMatch((link) -> link.contains("sort=code") && link.contains("q=guinea"));
		assertThat(this.http.get(path + "&sort=code&dir=desc").body()).containsPattern("name=\"sort\" value=\"code\"")
			.containsPattern("name=\"dir\" value=\"desc\"")
			.contains("aria-sort=\"descending\"");
	}

	private List<String> countries(String address) {
		return Pattern.compile("class=\"cc\">([^<]+)<")
			.matcher(this.http.get(address).body())
			.results()
			.map((found) -> found.group(1))
			.toList();
	}

	@Test
	void theLeakCheckShowsPartOfTheFleet() {
		assertThat(names("/leaks")).hasSizeLessThanOrEqualTo(50).startsWith("01", "02");
		assertThat(names("/leaks?rules=draft&dir=desc")).startsWith("52", "51");
		var heads = links("/leaks?rules=draft&sort=result", "class=\"sort\"").toList();
		assertThat(heads).hasSize(5).allMatch((link) -> link.contains("rules=draft"));
		var next = links("/leaks?rules=draft&sort=result", "rel=\"next\"").findFirst().orElseThrow();
		assertThat(next).contains("rules=draft", "sort=result", "page=2");
		assertThat(all("/leaks?rules=draft&sort=result")).hasSize(52).doesNotHaveDuplicates();
		// what is asked for while something is checked shows the same part
		assertThat(this.http.get("/leaks?rules=draft&sort=result&page=2").body())
			.contains("/leaks/found?rules=draft&amp;sort=result&amp;page=2&amp;state=");
	}

	@Test
	void theHistoryTellsWhatFailed() {
		assertThat(names("/applies?q=listed&show=failed")).hasSize(26).startsWith("01", "03", "05");
		assertThat(names("/applies?q=listed&show=failed&sort=by&dir=desc")).startsWith("51", "49");
		assertThat(names("/applies?q=listed&show=running")).isEmpty();
		assertThat(this.http.get("/applies?show=running").body()).contains("Nothing here is like that");
		assertThat(names("/applies?q=listed&show=nonsense")).hasSize(50);
		// by a PBX; what stands for any letter elsewhere is a letter here
		assertThat(names("/applies?q=main+PLANT")).startsWith("01", "02");
		assertThat(names("/applies?q=listed_01")).isEmpty();
		assertThat(links("/applies?q=listed&sort=by", "class=\"chip\"").filter((link) -> link.startsWith("/applies?")))
			.contains("/applies?show=failed&q=listed&sort=by");
	}

	@Test
	void theRunIsInTheOrderOfItsAddress() {
		var run = "/applies/" + this.rows.addRun();
		assertThat(names(run)).hasSize(50).startsWith("41", "42");
		assertThat(names(run + "?page=2")).containsExactly("39", "40");
		assertThat(names(run + "?page=99")).containsExactly("39", "40");
		assertThat(names(run + "?sort=name")).startsWith("01", "02");
		assertThat(names(run + "?sort=name&dir=desc")).startsWith("52", "51");
		assertThat(names(run + "?sort=changed")).startsWith("01", "02");
		assertThat(names(run + "?sort=changed&dir=asc")).startsWith("52", "51");
		assertThat(names(run + "?sort=name&show=done")).hasSize(26).startsWith("02", "04");
		assertThat(names(run + "?q=LISTED-07")).containsExactly("07");
		assertThat(names(run + "?q=listed_07")).isEmpty();
		assertThat(this.http.get(run + "?q=no-such").body()).contains("Nothing found").doesNotContain("??");
		assertThat(links(run + "?q=listed&sort=name", "rel=\"next\""))
			.containsExactly(run + "?q=listed&sort=name&page=2");
		assertThat(all(run + "?q=listed&sort=changed")).hasSize(52).doesNotHaveDuplicates();
		assertThat(links(run + "?q=listed&sort=name", "class=\"chip\"")).contains(
				run + "?show=failed&q=listed&sort=name", run + "?q=listed&sort=name", run + "?q=listed",
				run + "?q=listed&sort=name&dir=desc", run + "?q=listed&sort=changed");
	}

	@Test
	void whatWasSentIsToldByItsOutcome() {
		assertThat(names("/notifications/sent?q=listed&show=given-up")).hasSize(26).startsWith("01", "03");
		assertThat(names("/notifications/sent?q=listed&show=sent&sort=subject&dir=desc")).startsWith("52", "50");
		assertThat(names("/notifications/sent?q=listed&show=waiting")).isEmpty();
		assertThat(this.http.get("/notifications/sent?q=listed&show=waiting").body()).contains("Nothing found");
		assertThat(names("/notifications/sent?q=listed&show=nonsense")).hasSize(50);
		assertThat(names("/notifications/sent?q=LISTED_07")).isEmpty();
		assertThat(links("/notifications/sent?q=listed&sort=channel", "class=\"chip\"")
			.filter((link) -> link.startsWith("/notifications/sent?")))
			.contains("/notifications/sent?show=waiting&q=listed&sort=channel");
	}

	private List<String> names(String address) {
		var body = this.http.get(address).body().split("id=\"deliveries-h\"")[0];
		return Pattern.compile("listed-([0-9]{2})")
			.matcher(body.substring(body.indexOf("found\" tabindex") + 1))
			.results()
			.map((found) -> found.group(1))
			.distinct()
			.toList();
	}

	/** The addresses of the links that have that in their tag. */
	private Stream<String> links(String address, String mark) {
		return Pattern.compile("<a\\b[^>]*>")
			.matcher(this.http.get(address).body())
			.results()
			.map(MatchResult::group)
			.filter((tag) -> tag.contains(mark))
			.map((tag) -> tag.replaceAll(".*href=\"([^\"]*)\".*", "$1").replace("&amp;", "&"));
	}

}
