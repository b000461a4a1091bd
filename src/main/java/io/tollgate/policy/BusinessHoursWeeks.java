package io.tollgate.policy;

import jakarta.persistence.LockModeType;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface BusinessHoursWeeks extends Repository<BusinessHoursWeek, Short> {

	/** Waits for whoever is changing it. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select w from BusinessHoursWeek w where w.id = 1")
	BusinessHoursWeek lock();

	@Query("select w.timeZone from BusinessHoursWeek w where w.id = 1")
	String timeZone();

	@Query("select w.revision from BusinessHoursWeek w where w.id = 1")
	long revision();

}
