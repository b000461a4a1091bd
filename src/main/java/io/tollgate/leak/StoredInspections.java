package io.tollgate.leak;

import java.time.Instant;
import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface StoredInspections extends JpaRepository<StoredInspection, Long> {

	/** When each was taken. */
	@Query("select i.pbxId as pbxId, i.takenAt as takenAt from StoredInspection i where i.takenAt is not null")
	List<Head> heads();

	/** When one was taken. */
	interface Head {

		long getPbxId();

		Instant getTakenAt();

	}

}
