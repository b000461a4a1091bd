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

	List<RouteRow> findByPinsNotOrderByPosition(String none);

	/** The names alone: with the rules they would be thousands of rows. */
	@Query("select row.name from RouteRow row where row.pbxId = :pbxId and row.id <> :but")
	List<String> names(long pbxId, long but);

}
