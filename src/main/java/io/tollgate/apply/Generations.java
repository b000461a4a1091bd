package io.tollgate.apply;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Generations extends JpaRepository<Generation, Long> {

	Optional<Generation> findFirstByPbxIdOrderByIdDesc(long pbxId);

	Optional<Generation> findFirstByPbxIdAndNumberOrderByIdDesc(long pbxId, int number);

	/** The newest generation of every PBX, without the snapshot, which can be large. */
	@Query("""
			select g.id as id, g.pbxId as pbxId, g.number as number, g.checksum as checksum, g.appliedAt as appliedAt,
			       g.appliedBy as appliedBy
			from Generation g
			where g.id in (select max(h.id) from Generation h group by h.pbxId)""")
	List<Newest> newest();

	/** The same of one PBX. */
	@Query("""
			select g.id as id, g.pbxId as pbxId, g.number as number, g.checksum as checksum, g.appliedAt as appliedAt,
			       g.appliedBy as appliedBy
			from Generation g
			where g.id = (select max(h.id) from Generation h where h.pbxId = ?1)""")
	Optional<Newest> newest(long pbxId);

	/** The same of several PBXs. */
	@Query("""
			select g.id as id, g.pbxId as pbxId, g.number as number, g.checksum as checksum, g.appliedAt as appliedAt,
			       g.appliedBy as appliedBy
			from Generation g
			where g.id in (select max(h.id) from Generation h where h.pbxId in ?1 group by h.pbxId)""")
	List<Newest> newest(Collection<Long> pbxIds);

	/** What the newest generations of those PBXs were made from. */
	@Query("""
			select new io.tollgate.apply.Generations$Text(g.pbxId, g.snapshot)
			from Generation g
			where g.id in (select max(h.id) from Generation h where h.pbxId in ?1 group by h.pbxId)""")
	List<Text> texts(Collection<Long> pbxIds);

	/** What a generation was made from. */
	record Text(long pbxId, String snapshot) {
	}

	/** The head of a generation. */
	interface Newest {

		long getId();

		long getPbxId();

		int getNumber();

		String getChecksum();

		Instant getAppliedAt();

		String getAppliedBy();

	}

}
