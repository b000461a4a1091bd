package io.tollgate.extension;

import java.util.Collection;
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
			select new io.tollgate.extension.ExtensionRows$Restricted(e.number, e.disallowInternational,
			       e.disallowOutbound, e.disallowOutsideBusinessHours, e.maxDurationSeconds)
			from ExtensionRow e where e.pbxId = ?1 and e.present = true""")
	List<Restricted> restricted(long pbxId);

	/** The same of several PBXs at once. */
	@Query("""
			select new io.tollgate.extension.ExtensionRows$RestrictedOn(e.pbxId, e.number, e.disallowInternational,
			       e.disallowOutbound, e.disallowOutsideBusinessHours, e.maxDurationSeconds)
			from ExtensionRow e where e.pbxId in ?1 and e.present = true""")
	List<RestrictedOn> restricted(Collection<Long> pbxIds);

	@Query("select e.pbxId as pbxId, count(e) as count from ExtensionRow e where e.present = true group by e.pbxId")
	List<Count> counts();

	/**
	 * One extension as {@link #restricted} reads it: a proxy for each would cost more.
	 */
	record Restricted(String number, boolean disallowInternational, boolean disallowOutbound,
			boolean disallowOutsideBusinessHours, @Nullable Integer maxDurationSeconds) {

		CallRestrictions restrictions() {
			return new CallRestrictions(this.disallowInternational, this.disallowOutbound,
					this.disallowOutsideBusinessHours, this.maxDurationSeconds);
		}

	}

	/** One extension of one of several PBXs. */
	record RestrictedOn(long pbxId, String number, boolean disallowInternational, boolean disallowOutbound,
			boolean disallowOutsideBusinessHours, @Nullable Integer maxDurationSeconds) {

		CallRestrictions restrictions() {
			return new CallRestrictions(this.disallowInternational, this.disallowOutbound,
					this.disallowOutsideBusinessHours, this.maxDurationSeconds);
		}

	}

	interface Count {

		long getPbxId();

		long getCount();

	}

}
