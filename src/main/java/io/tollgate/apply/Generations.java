package io.tollgate.apply;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface Generations extends JpaRepository<Generation, Long> {

	Optional<Generation> findFirstByPbxIdOrderByIdDesc(long pbxId);

	/** The newest generation of every PBX, without the snapshot, which can be large. */
	@Query("""
			select g.id as id, g.pbxId as pbxId, g.number as number, g.checksum as checksum, g.appliedAt as appliedAt,
			       g.appliedBy as appliedBy
			from Generation g
			where g.id = (select max(h.id) from Generation h where h.pbxId = g.pbxId)""")
	List<Newest> newest();

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
