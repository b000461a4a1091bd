package io.tollgate.policy;

import org.springframework.data.jpa.repository.JpaRepository;

interface BusinessHoursDays extends JpaRepository<BusinessHoursDay, Short> {

}
