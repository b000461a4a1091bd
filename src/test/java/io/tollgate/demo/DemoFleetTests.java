package io.tollgate.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tollgate.TollgateApplication;
import io.tollgate.connector.Connector;
import io.tollgate.connector.Running.GuardState;
import io.tollgate.connector.Target;
import io.tollgate.extension.Extensions;
import io.tollgate.numbering.NumberingPlan;
import io.tollgate.pbx.GuardStatus;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyRules;
import io.tollgate.route.Routes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Starts whole portals, one after the other, as a person does. */
class DemoFleetTests {

	@TempDir
	private Path folder;

	private final List<ConfigurableApplicationContext> portals = new ArrayList<>();

	@AfterEach
	void stop() {
		this.portals.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void fillsAnEmptyPortalOnceAndBringsTheFleetBackLater() throws IOException {
		var first = start("--tollgate.demo=true");
		checkFleet(first);
		var before = fleet(first);
		var audit = auditEvents(first);
		leaveSomethingOn(first, before.getFirst());
		first.close();
		assertThat(this.folder.resolve("simulator")).isDirectoryContaining("glob:**/pbx-*.json");

		var second = start("--tollgate.demo=true");
		assertThat(fleet(second)).extracting(Pbx::id, Pbx::port, Pbx::reachable)
			.containsExactlyElementsOf(before.stream()
				.map((pbx) -> org.assertj.core.groups.Tuple.tuple(pbx.id(), pbx.port(), true))
				.toList());
		assertThat(auditEvents(second)).isEqualTo(audit);
		assertThat(running(second, before.getFirst())).containsKey("left");
		second.close();

		try (var squatter = new java.net.ServerSocket(before.getFirst().port(), 1, InetAddress.getLoopbackAddress())) {
			var third = start("--tollgate.demo=true");
			var moved = fleet(third).getFirst();
			assertThat(moved.port()).isNotEqualTo(squatter.getLocalPort());
			assertThat(running(third, moved)).containsKey("left");
			third.close();
		}

		var plain = start("--tollgate.demo=false");
		var orphan = fleet(plain).getFirst();
		assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), orphan.port()).close())
			.isInstanceOf(IOException.class);
	}

	@Test
	void leavesAnEmptyPortalEmptyWhenItIsNotWanted() {
		var portal = start("--tollgate.demo=false");
		assertThat(fleet(portal)).isEmpty();
		assertThat(portal.getBean(Policies.class).all()).extracting(PolicyRules::name).containsExactly("Default");
		assertThat(portal.getBeanNamesForType(DemoFleet.class)).isEmpty();
	}

	@Test
	void keepsStateBesideTheDatabaseFile() {
		assertThat(DemoFleet.stateFolder("jdbc:h2:file:./data/tollgate;MODE=PostgreSQL"))
			.isEqualTo(Path.of("./data/simulator"));
		assertThat(DemoFleet.stateFolder("jdbc:h2:/var/lib/tollgate/db"))
			.isEqualTo(Path.of("/var/lib/tollgate/simulator"));
		assertThat(DemoFleet.stateFolder("jdbc:h2:mem:x")).isNull();
		assertThat(DemoFleet.isOwn("jdbc:h2:tcp://db/tollgate")).isFalse();
		assertThat(DemoFleet.isOwn("jdbc:postgresql://db/tollgate")).isFalse();
	}

	private void checkFleet(ConfigurableApplicationContext portal) {
		var policies = portal.getBean(Policies.class).all();
		assertThat(policies).extracting(PolicyRules::name).containsExactlyInAnyOrder("Default", "Mexico plants");
		var mexico = policies.stream()
			.filter((policy) -> policy.name().equals("Mexico plants"))
			.findFirst()
			.orElseThrow();
		assertThat(mexico.homeCountry()).isEqualTo("MX");
		assertThat(mexico.dialingCode()).isEqualTo("00");
		assertThat(mexico.protectionEnabled()).isFalse();
		assertThat(mexico.allowedCodes()).isEmpty();
		assertThat(fleet(portal)).allSatisfy((pbx) -> {
			assertThat(pbx.simulated()).isTrue();
			assertThat(pbx.host()).isEqualTo("127.0.0.1");
			assertThat(pbx.policyId()).isEqualTo(mexico.id());
			assertThat(pbx.guard()).isEqualTo(GuardStatus.CURRENT);
			assertThat(pbx.software()).isEqualTo("Asterisk 22.10.1");
			var route = portal.getBean(Routes.class).first(pbx.id());
			assertThat(route.trunk()).isEqualTo("carrier-main");
			assertThat(route.patterns()).isEqualTo(NumberingPlan.of("MX").defaultPatterns());
			assertThat(running(portal, pbx)).as("no generation yet").isEmpty();
		}).extracting(Pbx::name).containsExactly("Monterrey plant", "Querétaro plant");
		var extensions = portal.getBean(Extensions.class);
		assertThat(fleet(portal)).extracting((pbx) -> extensions.restrictions(pbx.id()).size())
			.containsExactly(240, 36);
		assertThat(extensions.find(fleet(portal).getFirst().id(), "1001").orElseThrow().name())
			.isEqualTo(People.name(1001));
		assertThat(portal.getBean(JdbcClient.class)
			.sql("select distinct actor from audit_event")
			.query(String.class)
			.list()).containsExactly("tollgate");
	}

	/** Another AstDB entry, through the very line that the portal uses. */
	private void leaveSomethingOn(ConfigurableApplicationContext portal, Pbx pbx) throws IOException {
		var secret = portal.getBean(PbxRegistry.class).secret(pbx.id());
		try (var socket = new Socket(InetAddress.getLoopbackAddress(), pbx.port())) {
			socket.getOutputStream()
				.write(("Action: Login\r\nUsername: tollgate\r\nSecret: " + secret
						+ "\r\nEvents: off\r\n\r\nAction: DBPut\r\nFamily: tollgate\r\nKey: active\r\nVal: 7\r\n\r\n"
						+ "Action: DBPut\r\nFamily: tollgate/7\r\nKey: left\r\nVal: here\r\n\r\nAction: Logoff\r\n\r\n")
					.getBytes(java.nio.charset.StandardCharsets.UTF_8));
			assertThat(new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
				.contains("Updated database successfully")
				.doesNotContain("Response: Error");
		}
	}

	private static Map<String, String> running(ConfigurableApplicationContext portal, Pbx pbx) {
		var secret = portal.getBean(PbxRegistry.class).secret(pbx.id());
		try (var session = portal.getBean(Connector.class)
			.open(new Target(pbx.host(), pbx.port(), false, null, pbx.amiUser(), secret))) {
			var running = session.running();
			assertThat(running.guard()).isEqualTo(GuardState.CURRENT);
			return running.lines();
		}
	}

	private static List<Pbx> fleet(ConfigurableApplicationContext portal) {
		return portal.getBean(PbxRegistry.class).all();
	}

	/** What was done, without that each start uses the secrets. */
	private static List<String> auditEvents(ConfigurableApplicationContext portal) {
		return portal.getBean(JdbcClient.class)
			.sql("select action from audit_event where action <> 'pbx.secrets.used' order by id")
			.query(String.class)
			.list();
	}

	private ConfigurableApplicationContext start(String... arguments) {
		var all = new ArrayList<>(List.of("--server.port=0", "--spring.profiles.active=test",
				"--spring.datasource.url=jdbc:h2:file:" + this.folder.resolve("tollgate")
						+ ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000"));
		all.addAll(List.of(arguments));
		var portal = new SpringApplicationBuilder(TollgateApplication.class).run(all.toArray(String[]::new));
		this.portals.add(portal);
		return portal;
	}

}
