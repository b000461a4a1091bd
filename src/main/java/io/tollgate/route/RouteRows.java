package io.tollgate.route;

import java.util.Optional;

import org.springframework.data.jpa.repository.JpaRepository;

interface RouteRows extends JpaRepository<RouteRow, Long> {

	Optional<RouteRow> findByPbxId(long pbxId);

}
