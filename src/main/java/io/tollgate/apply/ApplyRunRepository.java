package io.tollgate.apply;

import java.util.List;
import java.util.UUID;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

interface ApplyRunRepository extends JpaRepository<ApplyRun, UUID> {

	Page<ApplyRun> findAllByOrderByStartedAtDesc(Pageable page);

	List<ApplyRun> findByFinishedAtIsNull();

}
