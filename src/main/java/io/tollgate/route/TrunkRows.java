package io.tollgate.route;

import java.util.List;

import org.springframework.data.jpa.repository.JpaRepository;

interface TrunkRows extends JpaRepository<TrunkRow, Long> {

	List<TrunkRow> findByPbxId(long pbxId);

}
