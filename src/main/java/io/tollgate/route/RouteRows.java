package io.tollgate.route;

import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface RouteRows extends JpaRepository<RouteRow, Long> {

	List<RouteRow> findByPbxIdOrderByPosition(long pbxId);

	/** Nobody else changes it until the transaction ends. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select r from RouteRow r where r.id = ?1")
	Optional<RouteRow> lock(long id);

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

	/** The names alone: with the rules they would be thousands of rows. */
	@Query("select row.name from RouteRow row where row.pbxId = :pbxId and row.id <> :but")
	List<String> names(long pbxId, long but);

}
