package io.tollgate.extension;

import java.util.function.Supplier;

import io.tollgate.api.IfMatch;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.PbxRegistry;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes to a group by those who say what they saw of it. */
@Component
class SeenGroups {

	private final GroupRows rows;

	private final PbxRegistry registry;

	SeenGroups(GroupRows rows, PbxRegistry registry) {
		this.rows = rows;
		this.registry = registry;
	}

	/**
	 * Does it unless somebody else changed the group meanwhile; nobody can until it is
	 * done.
	 */
	@Transactional
	public GroupChange change(long pbxId, String key, IfMatch match, Supplier<GroupChange> change) {
		// before the group, as everybody who changes something of a PBX
		this.registry.hold(pbxId);
		var row = this.rows.lock(pbxId, key).orElseThrow(NotThereException::new);
		match.require(row.toGroup().fingerprint());
		return change.get();
	}

}
