package io.tollgate.apply;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.persistence.LockModeType;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface ApplyTargets extends JpaRepository<ApplyTarget, Long> {

	/** So that it does not begin while something takes its place. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select t from ApplyTarget t where t.id = :id")
	Optional<ApplyTarget> lock(long id);

	/**
	 * Those of a run that stand like that, without their snapshots, which can be large.
	 * @param name what their name in small letters is like; {@code !} escapes
	 * @param every also of other PBXs than these
	 */
	@Query("""
			select new io.tollgate.apply.TargetHead(t.id, t.runId, t.pbxId, t.pbxName, t.fromGeneration, t.toGeneration,
			       t.stage, t.outcome, t.cause, t.words, t.proved, t.updatedAt)
			from ApplyTarget t
			where t.runId = :runId
			  and (:every = true or t.pbxId in :pbxIds)
			  and lower(t.pbxName) like :name escape '!'
			  and (:show = 'all'
			       or :show = 'done' and t.outcome in (io.tollgate.apply.OutcomeKind.APPLIED,
			                                           io.tollgate.apply.OutcomeKind.NO_CHANGE)
			       or :show = 'failed' and t.outcome in (io.tollgate.apply.OutcomeKind.REFUSED,
			                                             io.tollgate.apply.OutcomeKind.ROLLED_BACK)
			       or :show = 'waiting' and t.outcome is null and t.stage in (io.tollgate.apply.Progress.WAITING,
			                                                                  io.tollgate.apply.Progress.WINDOW)
			       or :show = 'working' and t.outcome is null and t.stage not in (io.tollgate.apply.Progress.WAITING,
			                                                                      io.tollgate.apply.Progress.WINDOW))
			""")
	Page<TargetHead> heads(UUID runId, String show, String name, boolean every, Collection<Long> pbxIds, Pageable page);

	/**
	 * Those of a run that something became of since then, the oldest change first.
	 * @param every also of other PBXs than these
	 */
	@Query("""
			select new io.tollgate.apply.TargetHead(t.id, t.runId, t.pbxId, t.pbxName, t.fromGeneration, t.toGeneration,
			       t.stage, t.outcome, t.cause, t.words, t.proved, t.updatedAt)
			from ApplyTarget t
			where t.runId = :runId and t.updatedAt >= :since and (:every = true or t.pbxId in :pbxIds)
			order by t.updatedAt, t.id""")
	List<TargetHead> since(UUID runId, Instant since, boolean every, Collection<Long> pbxIds);

	/** All of a run. */
	default List<TargetHead> heads(UUID runId) {
		return heads(runId, "all", "%", true, List.of(0L), Pageable.unpaged(Sort.by("wave", "pbxName", "id")))
			.getContent();
	}

	/**
	 * The first ones of each run.
	 * @param every also of other PBXs than these
	 */
	@Query("""
			select new io.tollgate.apply.TargetHead(t.id, t.runId, t.pbxId, t.pbxName, t.fromGeneration, t.toGeneration,
			       t.stage, t.outcome, t.cause, t.words, t.proved, t.updatedAt)
			from ApplyTarget t
			where t.runId in :runIds and (:every = true or t.pbxId in :pbxIds)
			  and t.id < :most + (select min(u.id) from ApplyTarget u
			                      where u.runId = t.runId and (:every = true or u.pbxId in :pbxIds))
			order by t.pbxName""")
	List<TargetHead> firsts(Collection<UUID> runIds, long most, boolean every, Collection<Long> pbxIds);

	/** What becomes different on the PBXs of a run. */
	@Query("""
			select distinct t.words from ApplyTarget t
			where t.runId = :runId and t.words is not null and (:every = true or t.pbxId in :pbxIds)""")
	List<String> words(UUID runId, boolean every, Collection<Long> pbxIds, Pageable page);

	/**
	 * Those of these runs that are about other PBXs, too, or about PBXs that are gone.
	 */
	@Query("""
			select distinct t.runId from ApplyTarget t
			where t.runId in :runIds and (t.pbxId is null or t.pbxId not in :pbxIds)""")
	Set<UUID> beyond(Collection<UUID> runIds, Collection<Long> pbxIds);

	/** How the latest apply on each PBX stands. */
	@Query("""
			select new io.tollgate.apply.LatestOutcome(t.pbxId, t.outcome, t.stage)
			from ApplyTarget t
			where t.pbxId is not null and t.id = (select max(u.id) from ApplyTarget u where u.pbxId = t.pbxId)""")
	List<LatestOutcome> latest();

	/** The same of one PBX. */
	@Query("""
			select new io.tollgate.apply.LatestOutcome(t.pbxId, t.outcome, t.stage)
			from ApplyTarget t where t.id = (select max(u.id) from ApplyTarget u where u.pbxId = ?1)""")
	Optional<LatestOutcome> latest(long pbxId);

	/**
	 * What is wanted of a PBX and may be done now: what has begun first, then what is of
	 * a stop, then the newest.
	 */
	@Query("""
			select new io.tollgate.apply.NextTarget(t.id, t.stage, r.inWindows)
			from ApplyTarget t join ApplyRun r on r.id = t.runId
			where t.pbxId = :pbxId and t.outcome is null and t.wave <= r.wave
			order by case when t.stage in (io.tollgate.apply.Progress.QUEUED, io.tollgate.apply.Progress.WAITING,
			                               io.tollgate.apply.Progress.WINDOW) then 1 else 0 end,
			         case when r.kind in (io.tollgate.apply.RunKind.STOP, io.tollgate.apply.RunKind.LIFT) then 0 else 1 end,
			         t.id desc
			limit 1""")
	Optional<NextTarget> next(long pbxId);

	/** One that something has become of since then, and that does not wait. */
	@Query("""
			select t.id
			from ApplyTarget t join ApplyRun r on r.id = t.runId
			where r.finishedAt is null and t.outcome is null and t.wave <= r.wave and t.updatedAt > :since
			  and t.stage in (io.tollgate.apply.Progress.QUEUED, io.tollgate.apply.Progress.CONNECTING,
			      io.tollgate.apply.Progress.WRITING, io.tollgate.apply.Progress.VERIFYING,
			      io.tollgate.apply.Progress.SWITCHING, io.tollgate.apply.Progress.CONFIRMING)
			limit 1""")
	Optional<Long> underWay(Instant since);

	/** Without reading the snapshot, which can be large. */
	@Modifying
	@Query("""
			update ApplyTarget t set t.stage = :stage, t.cause = null, t.updatedAt = :now,
			    t.switches = t.switches + case when :stage = io.tollgate.apply.Progress.SWITCHING then 1 else 0 end
			where t.id = :id""")
	void reached(long id, Progress stage, Instant now);

	/** Whether a repair of a PBX has come to nothing since then. */
	@Query("""
			select count(t) > 0
			from ApplyTarget t join ApplyRun r on r.id = t.runId
			where t.pbxId = :pbxId and t.updatedAt > :since and r.kind = io.tollgate.apply.RunKind.REPAIR
			  and t.outcome in (io.tollgate.apply.OutcomeKind.REFUSED, io.tollgate.apply.OutcomeKind.ROLLED_BACK)""")
	boolean hasFailedRepair(long pbxId, Instant since);

	/** PBXs where something is at work. */
	@Query("""
			select t.pbxId from ApplyTarget t
			where t.pbxId is not null and t.outcome is null
			  and t.stage in (io.tollgate.apply.Progress.CONNECTING, io.tollgate.apply.Progress.WRITING,
			                  io.tollgate.apply.Progress.VERIFYING, io.tollgate.apply.Progress.SWITCHING,
			                  io.tollgate.apply.Progress.CONFIRMING, io.tollgate.apply.Progress.UNSETTLED)""")
	List<Long> begun();

	/** PBXs where a run of that kind is not at its end. */
	@Query("""
			select t.pbxId from ApplyTarget t join ApplyRun r on r.id = t.runId
			where t.pbxId is not null and t.outcome is null and r.kind = :kind""")
	List<Long> open(RunKind kind);

	/**
	 * When the latest that was wanted of a PBX was not brought there; empty when it was.
	 */
	@Query("""
			select t.updatedAt from ApplyTarget t
			where t.pbxId = :pbxId and t.id = (select max(u.id) from ApplyTarget u where u.pbxId = :pbxId)
			  and t.outcome in (io.tollgate.apply.OutcomeKind.REFUSED, io.tollgate.apply.OutcomeKind.ROLLED_BACK)""")
	Optional<Instant> latestFailure(long pbxId);

	/** The repairs of a PBX that were through since then, the latest first. */
	@Query("""
			select new io.tollgate.apply.TargetHead(t.id, t.runId, t.pbxId, t.pbxName, t.fromGeneration, t.toGeneration,
			       t.stage, t.outcome, t.cause, t.words, t.proved, t.updatedAt)
			from ApplyTarget t join ApplyRun r on r.id = t.runId
			where t.pbxId = :pbxId and t.updatedAt > :since and r.kind = io.tollgate.apply.RunKind.REPAIR
			  and t.outcome = io.tollgate.apply.OutcomeKind.APPLIED
			order by t.id desc limit 1""")
	Optional<TargetHead> repaired(long pbxId, Instant since);

	/** Locks what is open on these PBXs: targets come before claims, everywhere. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select t from ApplyTarget t where t.pbxId in :pbxIds and t.outcome is null order by t.id")
	List<ApplyTarget> lockOpen(Collection<Long> pbxIds);

	/** PBXs of a wave that have not answered since then. */
	@Query("""
			select count(t) from ApplyTarget t
			where t.runId = :runId and t.wave <= :wave and t.outcome is null and t.waitsSince < :before
			  and t.stage = io.tollgate.apply.Progress.WAITING""")
	long gone(UUID runId, int wave, Instant before);

	/**
	 * Ends what has not begun on these PBXs.
	 * @param stops also what is of a fleet stop
	 */
	@Modifying(flushAutomatically = true, clearAutomatically = true)
	@Query("""
			update ApplyTarget t
			set t.outcome = io.tollgate.apply.OutcomeKind.SUPERSEDED, t.cause = null, t.updatedAt = :now
			where t.pbxId in :pbxIds and t.outcome is null
			  and t.stage in (io.tollgate.apply.Progress.QUEUED, io.tollgate.apply.Progress.WAITING,
			                  io.tollgate.apply.Progress.WINDOW)
			  and (:stops = true or t.runId not in (
			      select r.id from ApplyRun r
			      where r.kind in (io.tollgate.apply.RunKind.STOP, io.tollgate.apply.RunKind.LIFT)))""")
	int supersede(Collection<Long> pbxIds, boolean stops, Instant now);

	/** Ends what has not begun of a run. */
	@Modifying(flushAutomatically = true, clearAutomatically = true)
	@Query("""
			update ApplyTarget t
			set t.outcome = io.tollgate.apply.OutcomeKind.CANCELLED, t.cause = null, t.updatedAt = :now
			where t.runId = :runId and t.outcome is null
			  and t.stage in (io.tollgate.apply.Progress.QUEUED, io.tollgate.apply.Progress.WAITING,
			                  io.tollgate.apply.Progress.WINDOW)""")
	int cancel(UUID runId, Instant now);

	/** How many targets stand how. */
	default List<TargetCount> counts(Collection<UUID> runIds) {
		return counts(runIds, true, List.of(0L));
	}

	/**
	 * How many targets stand how.
	 * @param every also of other PBXs than these
	 */
	@Query("""
			select new io.tollgate.apply.TargetCount(t.runId, t.wave, t.stage, t.outcome, count(t))
			from ApplyTarget t
			where t.runId in :runIds and (:every = true or t.pbxId in :pbxIds)
			group by t.runId, t.wave, t.stage, t.outcome""")
	List<TargetCount> counts(Collection<UUID> runIds, boolean every, Collection<Long> pbxIds);

	/** The PBXs of a wave. */
	@Query("select t.pbxId from ApplyTarget t where t.runId = :runId and t.wave = :wave and t.pbxId is not null")
	List<Long> pbxs(UUID runId, int wave);

	/** The PBXs that were brought to it. */
	@Query("""
			select t.pbxId from ApplyTarget t
			where t.runId = :runId and t.pbxId is not null
			  and t.outcome in (io.tollgate.apply.OutcomeKind.APPLIED, io.tollgate.apply.OutcomeKind.NO_CHANGE)""")
	List<Long> brought(UUID runId);

}
