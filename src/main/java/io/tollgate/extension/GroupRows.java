package io.tollgate.extension;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.persistence.LockModeType;
import org.jspecify.annotations.Nullable;

import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

interface GroupRows extends JpaRepository<GroupRow, Long> {

	List<GroupRow> findByPbxId(long pbxId);

	Optional<GroupRow> findByPbxIdAndGroupKey(long pbxId, String groupKey);

	/** The groups of several PBXs with one row for each member, or one for none. */
	@Query("""
			select new io.tollgate.extension.GroupRows$Membership(g.pbxId, g.groupKey, g.name, m)
			from GroupRow g left join g.members m where g.pbxId in ?1""")
	List<Membership> memberships(Collection<Long> pbxIds);

	/** All groups, or those of one PBX, without their members. */
	@Query("""
			select new io.tollgate.extension.GroupRows$Head(g.pbxId, g.groupKey, g.name)
			from GroupRow g where ?1 is null or g.pbxId = ?1""")
	List<Head> heads(@Nullable Long pbxId);

	/** Those of several PBXs. */
	@Query("select new io.tollgate.extension.GroupRows$Head(g.pbxId, g.groupKey, g.name) from GroupRow g where g.pbxId in ?1")
	List<Head> heads(Collection<Long> pbxIds);

	/** Nobody else changes it until the transaction ends. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("select g from GroupRow g where g.pbxId = ?1 and g.groupKey = ?2")
	Optional<GroupRow> lock(long pbxId, String groupKey);

	/** A group without its members. */
	record Head(long pbxId, String key, String name) {
	}

	/** A member of a group, {@code null} for a group without any. */
	record Membership(long pbxId, String groupKey, String name, @Nullable String number) {
	}

}
