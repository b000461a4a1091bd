package io.tollgate.web;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.tollgate.extension.Discovered;
import io.tollgate.extension.Extensions;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * 52 rows in every list, called {@code listed-01} and so on: one page and a bit. They are
 * written past the services, as passwords would take a minute to be hashed.
 */
final class ListedRows {

	private static final int COUNT = 52;

	private final PbxRegistry registry;

	private final Extensions extensions;

	private final JdbcTemplate jdbc;

	private final List<Long> pbxs = new ArrayList<>();

	/**
	 * Makes them.
	 * @param maker whose the tokens are
	 */
	ListedRows(PbxRegistry registry, Extensions extensions, JdbcTemplate jdbc, String maker) {
		this.registry = registry;
		this.extensions = extensions;
		this.jdbc = jdbc;
		this.pbxs.add(add("Main plant", 16_000));
		for (int i = 1; i <= COUNT; i++) {
			this.pbxs.add(add(name(i), 16_000 + i));
		}
		addExtensions();
		jdbc.update("insert into pin_salt (id, locked) values ('listed', 'x')");
		jdbc.update("insert into pin_list (list_key, name, salt) values ('listed', 'PINs', 'listed')");
		for (int i = 1; i <= COUNT; i++) {
			addPeople(i, maker);
			addOfAll(i);
			addOfOne(i);
			addApply(i);
			addDecided(i);
			addSent(i);
		}
	}

	private static String name(int i) {
		return "listed-%02d".formatted(i);
	}

	/** The PBX that has the trunks and groups. */
	long pbx() {
		return this.pbxs.getFirst();
	}

	private long add(String name, int amiPort) {
		var connection = new PbxConnection(name, "127.0.0.1", amiPort, false, null, "tollgate");
		return this.registry.add(new NewPbx(connection, false, 1), "secret").id();
	}

	/** 20, 40 and 60 of the first three. */
	private void addExtensions() {
		for (int i = 1; i <= 3; i++) {
			var many = new ArrayList<Discovered>();
			for (int j = 0; j < 20 * i; j++) {
				many.add(new Discovered(String.valueOf(1000 * i + j), "Listed person"));
			}
			this.extensions.discovered(this.pbxs.get(i), many);
		}
	}

	private void addPeople(int i, String maker) {
		var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		this.jdbc.update("""
				insert into account (username, display_name, password_hash, role, created_at)
				values (?, ?, 'x', 'VIEWER', ?)""", name(i), name(i), Timestamp.from(now));
		this.jdbc.update("""
				insert into api_token (account_id, public_id, secret_hash, name, created_at, expires_at)
				values ((select id from account where username = ?), ?, 'x', ?, ?, ?)""", maker, name(i), name(i),
				Timestamp.from(now), Timestamp.from(now.plus(i, ChronoUnit.DAYS)));
		this.jdbc.update("""
				insert into notice_channel (name, kind, address, told, least, pbx_groups, time_zone, enabled)
				values (?, 'EMAIL', 'a@example.org', 'LEAK', 'NOTICE', '', 'UTC', true)""", name(i));
	}

	private void addOfAll(int i) {
		this.jdbc.update("insert into pin_list (list_key, name, salt) values (?, ?, 'listed')", name(i), name(i));
		this.jdbc.update("""
				insert into pin (list_id, hash, label)
				values ((select id from pin_list where list_key = 'listed'), ?, ?)""", name(i), name(i));
		this.jdbc.update("insert into announcement (announcement_key, name, sounds) values (?, ?, 'beep')",
				"listed%02d".formatted(i), name(i));
	}

	private void addOfOne(int i) {
		this.jdbc.update("insert into trunk (pbx_id, endpoint) values (?, ?)", pbx(), name(i));
		this.jdbc.update("insert into extension_group (pbx_id, group_key, name) values (?, ?, ?)", pbx(),
				"lst%02d".formatted(i), name(i));
	}

	/** Applies, the newest first. */
	private void addApply(int i) {
		var run = UUID.randomUUID();
		var at = Timestamp.from(Instant.now().minus(i, ChronoUnit.MINUTES));
		this.jdbc.update("""
				insert into apply_run (id, kind, started_at, finished_at, actor) values (?, 'APPLY', ?, ?, ?)""", run,
				at, at, name(i));
		this.jdbc.update("""
				insert into apply_target (run_id, pbx_id, pbx_name, stage, outcome, checksum, snapshot, updated_at)
				values (?, ?, 'Main plant', 'CONFIRMING', ?, 'x', '{}', ?)""", run, pbx(),
				(i % 2 == 0) ? "APPLIED" : "REFUSED", at);
	}

	/** An apply that is about all of them. */
	UUID addRun() {
		var run = UUID.randomUUID();
		var at = Timestamp.from(Instant.now().minus(1, ChronoUnit.DAYS));
		this.jdbc.update("""
				insert into apply_run (id, kind, started_at, finished_at, actor)
				values (?, 'APPLY', ?, ?, 'listed-all')""", run, at, at);
		for (int i = 1; i <= COUNT; i++) {
			addTarget(run, i);
		}
		return run;
	}

	/** Two waves, the last one of which changed first. */
	private void addTarget(UUID run, int i) {
		this.jdbc.update(
				"""
						insert into apply_target (run_id, pbx_id, pbx_name, stage, outcome, checksum, snapshot, updated_at, wave)
						values (?, ?, ?, 'CONFIRMING', ?, 'x', '{}', ?, ?)""",
				run, this.pbxs.get(i), name(i), (i % 2 == 0) ? "APPLIED" : "REFUSED",
				Timestamp.from(Instant.now().minus(i, ChronoUnit.MINUTES)), (i <= 40) ? 1 : 0);
	}

	/** Requests that were decided, the latest first. */
	private void addDecided(int i) {
		var at = Timestamp.from(Instant.now().minus(i, ChronoUnit.MINUTES));
		this.jdbc.update("""
				insert into approval_request (kind, asked_at, asked_by, account, reason, subject, words, content,
				                              administrator, decision, decided_at, decided_by)
				values ('apply', ?, ?, 'x', 'Because', ?, '', '{}', false, ?, ?, ?)""", at, name(i), name(i),
				(i % 2 == 0) ? "DECLINED" : "WITHDRAWN", at, name(i));
	}

	/**
	 * Messages that arrived or were given up, the newest first; they go with their
	 * channels.
	 */
	private void addSent(int i) {
		this.jdbc.update("""
				insert into notice_message (id, channel_id, made_at, subject, body, state, attempts, next_at, answer)
				values (?, (select id from notice_channel where name = ?), ?, ?, 'x', ?, 1, ?, 'ok')""",
				UUID.randomUUID(), name(i), Timestamp.from(Instant.now().minus(i, ChronoUnit.MINUTES)), name(i),
				(i % 2 == 0) ? "SENT" : "GIVEN_UP", Timestamp.from(Instant.now()));
	}

	/** Takes them away. */
	void remove() {
		this.jdbc.update("""
				delete from apply_target where run_id in (select id from apply_run where actor like 'listed-%')""");
		this.jdbc.update("delete from approval_request where asked_by like 'listed-%'");
		this.jdbc.update("delete from apply_run where actor like 'listed-%'");
		this.jdbc.update("delete from account where username like 'listed-%'");
		this.jdbc.update("delete from api_token where name like 'listed-%'");
		this.jdbc.update("delete from pin_list where salt = 'listed'");
		this.jdbc.update("delete from pin_salt where id = 'listed'");
		this.jdbc.update("delete from announcement where name like 'listed-%'");
		this.jdbc.update("delete from notice_channel where name like 'listed-%'");
		this.pbxs.forEach(this.registry::remove);
	}

}
