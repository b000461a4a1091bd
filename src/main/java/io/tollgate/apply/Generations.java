package io.tollgate.apply;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Generations extends JpaRepository<Generation, Long> {

	Optional<Generation> findFirstByPbxIdOrderByIdDesc(long pbxId);

	Optional<Generation> findFirstByPbxIdAndNumberOrderByIdDesc(long pbxId, int number);

	/** The newest generation of every PBX, without the snapshot, which can be large. */
	@Query("""
			select g.id as id, g.pbxId as pbxId, g.number as number, g.checksum as checksum, g.stopped as stopped,
			       g.appliedAt as appliedAt, g.appliedBy as appliedBy
			from Generation g
			where g.id in (select max(h.id) from Generation h group by h.pbxId)""")
	List<Newest> newest();

	/** The same of one PBX. */
	@Query("""
			select g.id as id, g.pbxId as pbxId, g.number as number, g.checksum as checksum, g.stopped as stopped,
			       g.appliedAt as appliedAt, g.appliedBy as appliedBy
			from Generation g
			where g.id = (select max(h.id) from Generation h where h.pbxId = ?1)""")
	Optional<Newest> newest(long pbxId);

	/** The same of several PBXs. */
	@Query("""
			select g.id as id, g.pbxId as pbxId, g.number as number, g.checksum as checksum, g.stopped as stopped,
			       g.appliedAt as appliedAt, g.appliedBy as appliedBy
			from Generation g
			where g.id in (select max(h.id) from Generation h where h.pbxId in ?1 group by h.pbxId)""")
	List<Newest> newest(Collection<Long> pbxIds);

	/** What the newest generations of those PBXs were made from. */
	@Query("""
			select new io.tollgate.apply.Generations$Text(g.pbxId, g.stopped, g.snapshot)
			from Generation g
			where g.id in (select max(h.id) from Generation h where h.pbxId in ?1 group by h.pbxId)""")
	List<Text> texts(Collection<Long> pbxIds);

	/** Those of one PBX and how each came, the newest first, without their snapshots. */
	@Query(value = """
			select new io.tollgate.apply.GenerationHead(g.id, g.number, g.stopped, g.checksum, g.appliedAt, g.appliedBy,
			       r.id, r.kind, r.reason)
			from Generation g left join ApplyRun r on r.id = g.runId
			where g.pbxId = ?1
			order by g.id desc""", countQuery = "select count(g) from Generation g where g.pbxId = ?1")
	Page<GenerationHead> heads(long pbxId, Pageable page);

	/** One of them. */
	@Query("""
			select new io.tollgate.apply.GenerationHead(g.id, g.number, g.stopped, g.checksum, g.appliedAt, g.appliedBy,
			       r.id, r.kind, r.reason)
			from Generation g left join ApplyRun r on r.id = g.runId
			where g.pbxId = ?1 and g.id = ?2""")
	Optional<GenerationHead> head(long pbxId, long id);

	/** The one before, on the same PBX. */
	@Query("""
			select new io.tollgate.apply.GenerationHead(g.id, g.number, g.stopped, g.checksum, g.appliedAt, g.appliedBy,
			       r.id, r.kind, r.reason)
			from Generation g left join ApplyRun r on r.id = g.runId
			where g.id = (select max(h.id) from Generation h where h.pbxId = ?1 and h.id < ?2)""")
	Optional<GenerationHead> before(long pbxId, long id);

	/** What one was made from. */
	@Query("select g.snapshot from Generation g where g.id = ?1")
	String text(long id);

	/** What a generation was made from. */
	record Text(long pbxId, boolean stopped, String snapshot) {
	}

	/** The head of a generation. */
	interface Newest {

		long getId();

		long getPbxId();

		int getNumber();

		String getChecksum();

		/** Whether it is enforced without any way abroad. */
		boolean isStopped();

		Instant getAppliedAt();

		String getAppliedBy();

	}

}
