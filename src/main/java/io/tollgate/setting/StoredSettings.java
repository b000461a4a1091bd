package io.tollgate.setting;

import java.util.Optional;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface StoredSettings extends JpaRepository<StoredSetting, String> {

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select s from StoredSetting s where s.name = ?1")
	Optional<StoredSetting> lock(String name);

}
