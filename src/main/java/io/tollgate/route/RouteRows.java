package io.tollgate.route;

import java.util.Collection;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface RouteRows extends JpaRepository<RouteRow, Long> {

	List<RouteRow> findByPbxIdOrderByPosition(long pbxId);

	/** Of several PBXs, in their order there. */
	@Query("""
			select new io.tollgate.route.RouteHead(r.id, r.pbxId, r.name, r.type, r.enabled, r.callerId, r.pins,
			       r.blockCause, r.blockAnnouncement, r.timeZone, r.timeDays, r.timeFrom, r.timeTo)
			from RouteRow r where r.pbxId in ?1 order by r.pbxId, r.position""")
	List<RouteHead> heads(Collection<Long> pbxIds);

	/** The rules of those, in their order in the route. */
	@Query("""
			select new io.tollgate.route.RouteRows$RuleOf(r.id, x.prepend, x.prefix, x.match, x.callerId)
			from RouteRow r join r.rules x where r.pbxId in ?1 order by r.id, index(x)""")
	List<RuleOf> rules(Collection<Long> pbxIds);

	/** The trunks of those, in their order in the route. */
	@Query("""
			select new io.tollgate.route.RouteRows$PartOf(r.id, x)
			from RouteRow r join r.trunks x where r.pbxId in ?1 order by r.id, index(x)""")
	List<PartOf> trunks(Collection<Long> pbxIds);

	/** Whom those are for. */
	@Query("select new io.tollgate.route.RouteRows$PartOf(r.id, x) from RouteRow r join r.users x where r.pbxId in ?1")
	List<PartOf> users(Collection<Long> pbxIds);

	/** A rule of a route. */
	record RuleOf(long route, String prepend, String prefix, String match, String callerId) {

		DialRule toRule() {
			return new DialRule(this.prepend, this.prefix, this.match, this.callerId);
		}

	}

	/** A trunk of a route, or one whom it is for. */
	record PartOf(long route, String text) {
	}

	/** The revisions of the routes of several PBXs, in their order there. */
	@Query("""
			select new io.tollgate.route.RouteRows$RevisionOf(r.id, r.pbxId, r.revision) from RouteRow r
			where r.pbxId in ?1 order by r.pbxId, r.position""")
	List<RevisionOf> revisions(Collection<Long> pbxIds);

	/** How often a route was changed. */
	record RevisionOf(long route, long pbx, long revision) {
	}

	List<RouteRow> findByBlockAnnouncementNotOrderByPosition(String none);

	/** As the database has it now, past what this transaction has read. */
	@Query("""
			select row.id as id, row.pbxId as pbxId, row.name as name, row.pins as pins from RouteRow row
			where row.pins <> '' order by row.position
			""")
	List<Asking> asking();

	/** A route that asks for a PIN. */
	interface Asking {

		long getId();

		long getPbxId();

		String getName();

		String getPins();

	}

	/** Those whose name holds that. */
	@Query("""
			select new io.tollgate.route.FoundRoute(r.pbxId, r.id, r.name) from RouteRow r
			where lower(r.name) like ?1 escape '!' order by r.name, r.pbxId""")
	List<FoundRoute> named(String like);

	/** The names alone: with the rules they would be thousands of rows. */
	@Query("select row.name from RouteRow row where row.pbxId = :pbxId and row.id <> :but")
	List<String> names(long pbxId, long but);

}
