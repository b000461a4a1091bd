package io.tollgate.audit;

import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Query;

interface AuditEvents extends JpaRepository<AuditEvent, Long>, JpaSpecificationExecutor<AuditEvent> {

	@Query("select distinct e.actor from AuditEvent e order by e.actor")
	List<String> actors();

	@Query("select distinct e.objectType from AuditEvent e order by e.objectType")
	List<String> objectTypes();

	@Query("select distinct e.action from AuditEvent e")
	List<String> actions();

}
