package io.tollgate.pin;

import java.util.Optional;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface StoredPinLists extends JpaRepository<StoredPinList, Long> {

	/** Waits for whoever is changing that list. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select l from StoredPinList l where l.listKey = :key")
	Optional<StoredPinList> lock(String key);

	Optional<StoredPinList> findByListKey(String key);

	Optional<StoredPinList> findByNameIgnoreCase(String name);

	boolean existsByListKey(String key);

}
