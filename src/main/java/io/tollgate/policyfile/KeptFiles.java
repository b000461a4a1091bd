package io.tollgate.policyfile;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.tollgate.audit.CurrentActor;
import io.tollgate.pbx.VisiblePbxs;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Files that somebody chose on a page, until they are taken over or forgotten: in the
 * database, so that any portal finds them, and as text, so that what they would do is
 * worked out against the policies as they are when somebody looks.
 */
@Component
class KeptFiles {

	private static final Duration KEPT = Duration.ofDays(1);

	private static final int NAME_LENGTH = 120;

	private final JdbcClient jdbc;

	private final CurrentActor actor;

	private final VisiblePbxs visible;

	private final Clock clock;

	KeptFiles(JdbcClient jdbc, CurrentActor actor, VisiblePbxs visible, Clock clock) {
		this.jdbc = jdbc;
		this.actor = actor;
		this.visible = visible;
		this.clock = clock;
	}

	/**
	 * Keeps it for a day.
	 * @param name what it is called there where it comes from
	 * @param prune whether policies that it does not name are to be deleted
	 * @return what it is found by
	 */
	UUID keep(String name, boolean prune, String text) {
		var id = UUID.randomUUID();
		var now = Instant.now(this.clock);
		this.jdbc.sql("delete from policy_file where made_at < ?").param(Timestamp.from(now.minus(KEPT))).update();
		var plain = name.replaceAll("\\p{Cntrl}", " ").strip();
		this.jdbc.sql("insert into policy_file (id, actor, made_at, name, prune, content) values (?, ?, ?, ?, ?, ?)")
			.param(id)
			.param(this.actor.name())
			.param(Timestamp.from(now))
			.param(plain.substring(0, Math.min(plain.length(), NAME_LENGTH)))
			.param(prune)
			.param(text)
			.update();
		return id;
	}

	/** Not after its day. Who is limited to some PBXs finds their own. */
	Optional<Kept> find(UUID id) {
		return this.jdbc.sql("select * from policy_file where id = ? and made_at >= ?")
			.param(id)
			.param(Timestamp.from(Instant.now(this.clock).minus(KEPT)))
			.query((row, number) -> new Kept(id, row.getString("actor"), row.getString("name"), row.getBoolean("prune"),
					row.getString("content")))
			.optional()
			.filter((kept) -> !this.visible.limited() || kept.actor().equals(this.actor.name()));
	}

	void forget(UUID id) {
		this.jdbc.sql("delete from policy_file where id = ?").param(id).update();
	}

	/**
	 * A file.
	 *
	 * @param actor who chose it
	 */
	record Kept(UUID id, String actor, String name, boolean prune, String text) {
	}

}
