package io.tollgate.extension;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface ExtensionRows extends JpaRepository<ExtensionRow, Long> {

	List<ExtensionRow> findByPbxId(long pbxId);

	Optional<ExtensionRow> findByPbxIdAndNumber(long pbxId, String number);

	List<ExtensionRow> findByNumberAndPresentTrueOrderByPbxId(String number);

	/** Only what decides about calls; thousands of rows are read for every compile. */
	@Query("""
			select e.number as number, e.disallowInternational as disallowInternational,
			       e.disallowOutbound as disallowOutbound,
			       e.disallowOutsideBusinessHours as disallowOutsideBusinessHours,
			       e.maxDurationSeconds as maxDurationSeconds
			from ExtensionRow e where e.pbxId = ?1 and e.present = true""")
	List<Restricted> restricted(long pbxId);

	@Query("select e.pbxId as pbxId, count(e) as count from ExtensionRow e where e.present = true group by e.pbxId")
	List<Count> counts();

	interface Restricted {

		String getNumber();

		boolean getDisallowInternational();

		boolean getDisallowOutbound();

		boolean getDisallowOutsideBusinessHours();

		@Nullable Integer getMaxDurationSeconds();

	}

	interface Count {

		long getPbxId();

		long getCount();

	}

}
