package io.tollgate.route;

import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

interface RouteRows extends JpaRepository<RouteRow, Long> {

	List<RouteRow> findByPbxIdOrderByPosition(long pbxId);

	List<RouteRow> findByBlockAnnouncementNotOrderByPosition(String none);

}
