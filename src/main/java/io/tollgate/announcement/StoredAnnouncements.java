package io.tollgate.announcement;

import java.util.Optional;

import jakarta.persistence.LockModeType;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface StoredAnnouncements extends JpaRepository<StoredAnnouncement, Long> {

	Optional<StoredAnnouncement> findByAnnouncementKey(String key);

	/** Nobody else changes it until the transaction ends. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select a from StoredAnnouncement a where a.announcementKey = ?1")
	Optional<StoredAnnouncement> lock(String key);

}
