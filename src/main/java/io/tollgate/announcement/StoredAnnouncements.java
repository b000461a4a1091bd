package io.tollgate.announcement;

import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;

interface StoredAnnouncements extends JpaRepository<StoredAnnouncement, Long> {

	Optional<StoredAnnouncement> findByAnnouncementKey(String key);

}
