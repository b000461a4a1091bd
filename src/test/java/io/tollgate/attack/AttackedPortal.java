package io.tollgate.attack;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.tollgate.account.Role;
import io.tollgate.announcement.Announcement;
import io.tollgate.announcement.Announcements;
import io.tollgate.connector.asterisk.GuardText;
import io.tollgate.extension.CallRestrictions;
import io.tollgate.extension.Extensions;
import io.tollgate.extension.Groups;
import io.tollgate.fleet.Fleet;
import io.tollgate.lab.FaultProxy;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pin.NewPin;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.route.FirstRoute;
import io.tollgate.route.Routes;
import io.tollgate.simulator.SimulatedPbx;
import io.tollgate.simulator.SimulatedPbxSpec;
import io.tollgate.simulator.SimulatedPbxSpec.Endpoint;
import io.tollgate.support.GuardedPbx;
import io.tollgate.support.Http;
import io.tollgate.support.TestAccounts;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One of everything that a portal keeps, on a PBX that names its phones, trunks, contexts
 * and itself as an attacker would, and a line to it that remembers every byte.
 */
@TestComponent
class AttackedPortal implements DisposableBean {

	/** In every text that an attack sends, and in no other. */
	static final String MARK = "zqzmark";

	static final String SECRET = "marker-secret-7";

	/** What a browser would run, or a template engine compute: 7 * 6931 is 48517. */
	static final String SCRIPT = "<script>" + MARK + "()</script>\"'><img src=x onerror=" + MARK + "()>"
			+ "${7*6931}__${7*6931}__*{7*6931}[[${7*6931}]]#{" + MARK + "}";

	private static final String CONTEXT = "[" + MARK + "-<script>" + MARK
			+ "()</script>]\nexten => _X.,1,Dial(PJSIP/${EXTEN}@carrier)\n";

	private final TestAccounts people;

	private final Policies policies;

	private final Fleet fleet;

	private final Routes routes;

	private final PinLists pins;

	private final Groups groups;

	private final Announcements announcements;

	private final Extensions extensions;

	private final JdbcClient jdbc;

	private final Environment environment;

	private final List<AutoCloseable> open = new ArrayList<>();

	private final AtomicInteger names = new AtomicInteger();

	private @Nullable Http administrator;

	private SimulatedPbx pbx;

	private FaultProxy line;

	private long id;

	private long policy;

	AttackedPortal(TestAccounts people, Policies policies, Fleet fleet, Routes routes, PinLists pins, Groups groups,
			Announcements announcements, Extensions extensions, JdbcClient jdbc, Environment environment) {
		this.people = people;
		this.policies = policies;
		this.fleet = fleet;
		this.routes = routes;
		this.pins = pins;
		this.groups = groups;
		this.announcements = announcements;
		this.extensions = extensions;
		this.jdbc = jdbc;
		this.environment = environment;
	}

	/** Makes what is attacked, once. */
	synchronized AttackedPortal ready() {
		if (this.pbx != null) {
			return this;
		}
		this.pbx = SimulatedPbx.start(SimulatedPbxSpec.named("sim " + SCRIPT, "tollgate", SECRET)
			.withVersion("22.10.1 " + SCRIPT)
			.withEndpoints(List.of(new Endpoint("1001", SCRIPT), new Endpoint("1002", "\" onclick=" + MARK + "() x=\""),
					new Endpoint("1003", "javascript:" + MARK + "()"),
					new Endpoint("<i>" + MARK + "</i>", "Bad number")))
			.withTrunks(List.of("carrier", "backup", "<b onclick=" + MARK + "()>"))
			.withFiles(Map.of("extensions.conf",
					SimulatedPbxSpec.UNGUARDED_DIALPLAN.replace("[globals]\n", "[globals]\n" + GuardText.includeLines())
						.replace("exten => _X.,1,Dial(PJSIP/${EXTEN}@trunk,120)\nsame => n,Hangup()\n[from-trunk]",
								GuardText.contextLine() + CONTEXT + "[from-trunk]")))
			.withRefusalDelay(Duration.ZERO));
		this.line = FaultProxy.before(this.pbx.port());
		this.line.record();
		this.open.add(this.line);
		this.open.add(this.pbx);
		this.policy = ((Changed) this.policies.create("Plants", "MX", null)).rules().id();
		this.policies.setProtection(this.policy, true);
		this.policies.allow(this.policy, Set.of("54"));
		var connection = new PbxConnection("Plant " + "<b>x", "127.0.0.1", this.line.port(), false, null, "tollgate");
		this.id = this.fleet.connect(new NewPbx(connection, false, this.policy), SECRET).pbx().id();
		this.routes.saveFirst(this.id, new FirstRoute("carrier", List.of("NXXNXXXXXX", "00ZXXXX!")));
		this.pins.create("Managers");
		this.pins.add(this.jdbc.sql("select list_key from pin_list").query(String.class).single(),
				List.of(new NewPin("Night", "48151")));
		this.groups.create(this.id, "Sales", "1001, 1002");
		this.announcements.add(new Announcement("Closed", List.of("sorry"), false, "*77"));
		return this;
	}

	/**
	 * A PBX that no other attack has touched: extension 1001 may call abroad, to country
	 * code 54 and no other.
	 */
	long untouched() {
		var sound = GuardedPbx.start();
		this.open.add(sound);
		int number = this.names.incrementAndGet();
		long rules = ((Changed) this.policies.create("Untouched " + number, "MX", null)).rules().id();
		this.policies.setProtection(rules, true);
		this.policies.allow(rules, Set.of("54"));
		var connection = new PbxConnection("Untouched " + number, "127.0.0.1", sound.port(), false, null, "tollgate");
		long sane = this.fleet.connect(new NewPbx(connection, false, rules), GuardedPbx.SECRET).pbx().id();
		this.routes.saveFirst(sane, new FirstRoute("carrier", List.of("NXXNXXXXXX", "00ZXXXX!")));
		this.extensions.restore(sane, new TreeMap<>(Map.of("1001", new CallRestrictions(false, false, false, null))));
		return sane;
	}

	SimulatedPbx pbx() {
		return this.pbx;
	}

	/** What goes to the PBX. */
	FaultProxy line() {
		return this.line;
	}

	long id() {
		return this.id;
	}

	long policy() {
		return this.policy;
	}

	JdbcClient jdbc() {
		return this.jdbc;
	}

	int port() {
		return this.environment.getRequiredProperty("local.server.port", Integer.class);
	}

	/**
	 * Somebody who may do everything; signed in once, as passwords are slow and few may
	 * be wrong.
	 */
	synchronized Http administrator() {
		var http = this.administrator;
		if (http == null || http.get("/audit").statusCode() != 200) {
			this.people.username(Role.VIEWER);
			http = new Http(port()).signIn(this.people.username(Role.ADMINISTRATOR), TestAccounts.PASSWORD);
			this.administrator = http;
		}
		return http;
	}

	/** Every page that there is to see. */
	Site walk(Http http) {
		var besides = List.of("/pbxs/" + this.id, "/pbxs/" + this.id + "/generations", "/review/check",
				"/leaks?pbx=" + this.id, "/leaks/routes-alone?pbx=" + this.id,
				"/tester?pbx=" + this.id + "&extension=1001&number=0054" + MARK,
				"/tester?pbx=" + this.id + "&extension=1001&number=" + encode(SCRIPT), "/security/country-codes.csv",
				"/extensions?q=" + encode(SCRIPT), "/pbxs?q=" + encode(SCRIPT),
				"/security/country-codes?q=" + encode(SCRIPT), "/security/number-restrictions?q=" + encode(SCRIPT),
				"/audit?actor=" + encode(SCRIPT));
		return Site.walk(http, besides);
	}

	/** What makes a form pass, where its own page says nothing yet. */
	Map<String, String> usual(Map<String, String> fields) {
		var usual = new LinkedHashMap<>(fields);
		var good = Map.ofEntries(Map.entry("host", "127.0.0.1"), Map.entry("port", String.valueOf(this.line.port())),
				Map.entry("user", "tollgate"), Map.entry("secret", SECRET), Map.entry("members", "1001"),
				Map.entry("pin", "4815162"), Map.entry("sounds", "sorry"), Map.entry("number", "5211"),
				Map.entry("extension", "1001"));
		usual.replaceAll((name, value) -> value.isEmpty() ? good.getOrDefault(name, value) : value);
		usual.replaceAll((name, value) -> value.isEmpty() && name.matches("name|label")
				? "Name " + this.names.incrementAndGet() : value);
		return usual;
	}

	static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	@Override
	public void destroy() throws Exception {
		for (var each : this.open) {
			each.close();
		}
	}

}
