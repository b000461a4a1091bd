package io.tollgate.route;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface TrunkRows extends JpaRepository<TrunkRow, Long> {

	List<TrunkRow> findByPbxId(long pbxId);

	/** Nobody else changes it until the transaction ends. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select t from TrunkRow t where t.pbxId = ?1 and t.endpoint = ?2")
	Optional<TrunkRow> lock(long pbxId, String endpoint);

	/** Those behind an id, in the order of their ids. */
	@Query("select t from TrunkRow t where t.pbxId in ?1 and t.id > ?2 order by t.id")
	List<TrunkRow> after(Collection<Long> pbxIds, long id, Limit limit);

	/** Of several PBXs, past the persistence context. */
	@Query("""
			select new io.tollgate.route.TrunkRows$On(t.pbxId, t.endpoint, t.present, t.byHand, t.dial, t.reading,
			       t.accessCode)
			from TrunkRow t where t.pbxId in ?1""")
	List<On> stored(Collection<Long> pbxIds);

	/** Those that a PBX has or that were added by hand, whose name holds that. */
	@Query("""
			select new io.tollgate.route.FoundTrunk(t.pbxId, t.endpoint) from TrunkRow t
			where t.present = true and lower(t.endpoint) like ?1 escape '!' order by t.endpoint, t.pbxId""")
	List<FoundTrunk> named(String like);

	/** A trunk of a PBX. */
	record On(long pbxId, String endpoint, boolean present, boolean byHand, String dial, Trunk.Reading reading,
			String accessCode) {

		StoredTrunk toStored() {
			return new StoredTrunk(this.endpoint, this.present, this.byHand,
					new Trunk(this.dial, this.reading, this.accessCode));
		}

	}

}
