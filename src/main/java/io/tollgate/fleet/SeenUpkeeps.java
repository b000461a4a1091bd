package io.tollgate.fleet;

import io.tollgate.api.IfMatch;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.Upkeep;
import io.tollgate.pbx.Upkeeps;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes to the group and window of a PBX by those who say what they saw of them. */
@Component
class SeenUpkeeps {

	private final PbxRegistry registry;

	private final Upkeeps upkeeps;

	SeenUpkeeps(PbxRegistry registry, Upkeeps upkeeps) {
		this.registry = registry;
		this.upkeeps = upkeeps;
	}

	/** Saves it unless somebody else changed it meanwhile. */
	@Transactional
	public void save(long pbxId, IfMatch match, Upkeep upkeep) {
		this.registry.hold(pbxId);
		if (this.registry.find(pbxId).isEmpty()) {
			throw new NotThereException();
		}
		match.require(fingerprint(this.upkeeps.of(pbxId)));
		this.upkeeps.save(pbxId, upkeep);
	}

	/** Another one for every other group or window. */
	static String fingerprint(Upkeep upkeep) {
		return IfMatch.fingerprint(upkeep.toString());
	}

}
