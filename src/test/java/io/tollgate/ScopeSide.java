package io.tollgate;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

import io.tollgate.announcement.Announcement;
import io.tollgate.announcement.AnnouncementAnswer;
import io.tollgate.announcement.Announcements;
import io.tollgate.apply.Snapshots;
import io.tollgate.connector.Drift;
import io.tollgate.extension.Discovered;
import io.tollgate.extension.ExtensionGroup;
import io.tollgate.extension.Extensions;
import io.tollgate.extension.GroupChange;
import io.tollgate.extension.Groups;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.Upkeep;
import io.tollgate.pbx.Upkeeps;
import io.tollgate.pin.NewPin;
import io.tollgate.pin.PinChange;
import io.tollgate.pin.PinLists;
import io.tollgate.policy.Policies;
import io.tollgate.policy.PolicyChange;
import io.tollgate.policy.RestrictionLists;
import io.tollgate.route.Block;
import io.tollgate.route.OutboundRoute;
import io.tollgate.route.RouteType;
import io.tollgate.route.Routes;
import io.tollgate.route.Trunk;
import io.tollgate.route.Trunks;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One of everything that belongs to a PBX, each with a mark in its name.
 *
 * @param ids what forms and addresses name, by what it is
 * @param number of its extension
 */
record ScopeSide(String mark, Map<String, String> ids, String number) {

	String id(String what) {
		var id = this.ids.get(what);
		if (id == null) {
			throw new IllegalArgumentException("no " + what);
		}
		return id;
	}

	long pbx() {
		return Long.parseLong(id("pbx"));
	}

	long policy() {
		return Long.parseLong(id("policy"));
	}

	/** The PBX group that people are limited to. */
	String group() {
		return this.mark + " group";
	}

	/** Makes and removes them. */
	static class Maker {

		private static final JsonMapper JSON = JsonMapper.builder().build();

		private final PbxRegistry registry;

		private final Upkeeps upkeeps;

		private final Policies policies;

		private final RestrictionLists restrictions;

		private final Extensions extensions;

		private final Groups groups;

		private final Trunks trunks;

		private final Routes routes;

		private final PinLists pins;

		private final Announcements announcements;

		private final Snapshots snapshots;

		private final JdbcTemplate jdbc;

		Maker(PbxRegistry registry, Upkeeps upkeeps, Policies policies, RestrictionLists restrictions,
				Extensions extensions, Groups groups, Trunks trunks, Routes routes, PinLists pins,
				Announcements announcements, Snapshots snapshots, JdbcTemplate jdbc) {
			this.registry = registry;
			this.upkeeps = upkeeps;
			this.policies = policies;
			this.restrictions = restrictions;
			this.extensions = extensions;
			this.groups = groups;
			this.trunks = trunks;
			this.routes = routes;
			this.pins = pins;
			this.announcements = announcements;
			this.snapshots = snapshots;
			this.jdbc = jdbc;
		}

		/**
		 * Makes one.
		 * @param mark lower-case letters, in every name
		 */
		ScopeSide make(String mark, String number) {
			long policy = ((PolicyChange.Changed) this.policies.create(mark + " policy", "MX", null)).rules().id();
			this.policies.setProtection(policy, true);
			var connection = new PbxConnection(mark + " plant", mark + ".invalid", 1, false, null, "tollgate");
			long pbx = this.registry.add(new NewPbx(connection, true, policy), "secret").id();
			this.upkeeps.save(pbx, new Upkeep(mark + " group", null));
			this.extensions.discovered(pbx, List.of(new Discovered(number, mark + " person")));
			this.restrictions.add(policy, Map.of("882", mark + " label"));
			this.restrictions.exempt(pbx, number, "882", null);
			var group = ((GroupChange.Changed) this.groups.create(pbx, mark + " people", number)).key();
			this.trunks.add(pbx, mark + "-trunk", new Trunk("PJSIP/$OUTNUM$@" + mark, Trunk.Reading.AS_DIALLED, ""));
			var list = ((PinChange.Changed) this.pins.create(mark + " pins")).key();
			this.pins.add(list, List.of(new NewPin(mark + " guest", "918273")));
			var played = ((AnnouncementAnswer.Changed) this.announcements
				.add(new Announcement(mark + " sound", List.of("sorry"), false, ""))).key();
			this.routes.add(pbx,
					new OutboundRoute(mark + " out", RouteType.NORMAL, true,
							List.of(io.tollgate.route.DialRule.of("NXXXXXXXXX")), List.of(mark + "-trunk"), null,
							new TreeSet<>(List.of(ExtensionGroup.PREFIX + group)), null, "", list));
			this.routes.add(pbx,
					OutboundRoute.blocking(mark + " stop", new Block(Block.REJECTED, played), List.of("900XXXX")));
			var ids = new java.util.HashMap<String, String>(
					Map.of("pbx", "" + pbx, "policy", "" + policy, "group", group, "trunk", mark + "-trunk", "list",
							list, "announcement", played, "route", "" + this.routes.list(pbx).getFirst().id(), "run",
							run(mark, pbx), "bulk", bulk(mark), "import", chosen(mark, pbx)));
			ids.put("policy-file", file(mark));
			ids.put("generation", generation(pbx, UUID.fromString(ids.get("run"))));
			ids.put("extension", one("select id from extension where pbx_id = ?", pbx));
			ids.put("exemption", one("select id from restriction_exemption where pbx_id = ?", pbx));
			ids.put("approval", approval(mark, pbx));
			observe(mark, pbx);
			return new ScopeSide(mark, Map.copyOf(ids), number);
		}

		private String one(String sql, long pbx) {
			return String.valueOf(this.jdbc.queryForObject(sql, Long.class, pbx));
		}

		private String run(String mark, long... pbxs) {
			var id = UUID.randomUUID();
			var now = Instant.now().atOffset(ZoneOffset.UTC);
			this.jdbc.update("""
					insert into apply_run (id, kind, started_at, finished_at, actor, reason)
					values (?, 'APPLY', ?, ?, 'somebody', ?)""", id, now, now, mark + " reason");
			for (long pbx : pbxs) {
				target(id, pbx);
			}
			return id.toString();
		}

		private void target(UUID run, long pbx) {
			var name = this.registry.everyName().get(pbx);
			this.jdbc.update("""
					insert into apply_target (run_id, pbx_id, pbx_name, to_generation, stage, outcome, words, checksum,
					    snapshot, updated_at)
					values (?, ?, ?, 1, 'CONFIRMING', 'APPLIED', ?, 'x', '{}', ?)""", run, pbx, name,
					name + " is different now", Instant.now().atOffset(ZoneOffset.UTC));
		}

		/** A run of several at once; its reason has the mark of the first one. */
		String runOf(ScopeSide first, ScopeSide second) {
			return run(first.mark(), first.pbx(), second.pbx());
		}

		private String bulk(String mark) {
			var id = UUID.randomUUID();
			var now = Instant.now().atOffset(ZoneOffset.UTC);
			this.jdbc.update("""
					insert into bulk_edit (id, actor, started_at, seen_at, state, selected, done, changed, list)
					values (?, ?, ?, ?, 'DONE', 1, 1, 1, ?)""", id, mark, now, now, "/extensions?q=" + mark);
			return id.toString();
		}

		private String chosen(String mark, long pbx) {
			var id = UUID.randomUUID();
			this.jdbc.update("""
					insert into extension_import (id, pbx_id, actor, made_at, row_count, columns)
					values (?, ?, ?, ?, 1, 'NUMBER')""", id, pbx, mark, Instant.now().atOffset(ZoneOffset.UTC));
			this.jdbc.update("""
					insert into extension_import_row (import_id, line, number, name, problem, argument)
					values (?, 2, '7799', ?, '', '')""", id, mark + " newcomer");
			return id.toString();
		}

		private String file(String mark) {
			var id = UUID.randomUUID();
			this.jdbc.update(
					"insert into policy_file (id, actor, made_at, name, prune, content) values (?, ?, ?, ?, false, ?)",
					id, mark, Instant.now().atOffset(ZoneOffset.UTC), mark + ".yaml",
					"version: 1\npolicies:\n  - {name: " + mark + " policy, protection: true}\n");
			return id.toString();
		}

		private String generation(long pbx, UUID run) {
			var draft = JSON.writeValueAsString(this.snapshots.draft(this.registry.find(pbx).orElseThrow()));
			this.jdbc.update("""
					insert into generation (pbx_id, number, run_id, checksum, snapshot, applied_at, applied_by)
					values (?, 1, ?, 'x', ?, ?, 'somebody')""", pbx, run, draft,
					Instant.now().atOffset(ZoneOffset.UTC));
			return one("select max(id) from generation where pbx_id = ?", pbx);
		}

		private String approval(String mark, long pbx) {
			this.jdbc.update(
					"""
							insert into approval_request (kind, asked_at, asked_by, account, reason, subject, words, content, administrator)
							values ('restore', ?, 'somebody', 'somebody', ?, ?, ?, ?, false)""",
					Instant.now().atOffset(ZoneOffset.UTC), mark + " wish", mark + " plant", mark + " words",
					"{\"pbx\":%d,\"generation\":1,\"seen\":\"x\",\"confirmed\":false}".formatted(pbx));
			var id = this.jdbc.queryForObject("select max(id) from approval_request", Long.class);
			this.jdbc.update("insert into approval_pbx (request_id, pbx_id) values (?, ?)", id, pbx);
			return String.valueOf(id);
		}

		private void observe(String mark, long pbx) {
			var drift = List.of(new Drift(Drift.Kind.ENDPOINT, mark + "-phone", "[tollgate]", mark));
			var now = Instant.now().atOffset(ZoneOffset.UTC);
			this.jdbc.update("delete from pbx_observation where pbx_id = ?", pbx);
			this.jdbc.update("""
					insert into pbx_observation (pbx_id, seen_at, generation, drift, drift_since, failure)
					values (?, ?, 1, ?, ?, ?)""", pbx, now, JSON.writeValueAsString(drift), now, mark + " failure");
		}

		void remove(ScopeSide side) {
			this.routes.list(side.pbx()).forEach((route) -> this.routes.delete(side.pbx(), route.id()));
			this.registry.remove(side.pbx());
			this.policies.delete(side.policy());
			this.pins.delete(side.id("list"));
			this.announcements.delete(side.id("announcement"));
			this.jdbc.update("delete from bulk_edit where actor = ?", side.mark());
			this.jdbc.update("delete from policy_file where actor = ?", side.mark());
			this.jdbc.update("delete from approval_request where asked_by = 'somebody'");
			this.jdbc.update("delete from apply_target where run_id in (select id from apply_run where reason = ?)",
					side.mark() + " reason");
			this.jdbc.update("delete from apply_run where reason = ?", side.mark() + " reason");
		}

	}

}
