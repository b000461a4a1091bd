package io.tollgate.pin;

import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

interface StoredPins extends JpaRepository<StoredPin, Long> {

	List<StoredPin> findByListId(long listId);

}
