package io.tollgate.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.tollgate.connector.DesiredConfig.Outbound;
import io.tollgate.connector.Drift;
import io.tollgate.connector.HandEdit;
import io.tollgate.extension.Extension;
import io.tollgate.extension.Extensions;
import io.tollgate.extension.RestrictionEdit;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.policy.Policies;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what hands changed on a PBX into the portal, as ordinary edits: the next apply
 * finds the PBX as it is wanted.
 */
@Component
class Adoption {

	private final PbxRegistry registry;

	private final Policies policies;

	private final Extensions extensions;

	Adoption(PbxRegistry registry, Policies policies, Extensions extensions) {
		this.registry = registry;
		this.policies = policies;
		this.extensions = extensions;
	}

	/** Why that cannot be taken in; {@code null} when it can. */
	@Transactional(readOnly = true)
	@Nullable Obstacle against(Pbx pbx, Drift drift) {
		return switch (HandEdit.of(drift).orElse(null)) {
			case HandEdit.Rights rights ->
				this.extensions.find(pbx.id(), rights.endpoint()).filter(Extension::present).isPresent() ? null
						: Obstacle.NO_EXTENSION;
			case HandEdit.Code code -> CallingCodes.find(code.code()).isEmpty() ? Obstacle.OTHER : shared(pbx);
			case HandEdit.Protection protection -> shared(pbx);
			case null -> Obstacle.OTHER;
		};
	}

	private @Nullable Obstacle shared(Pbx pbx) {
		return (this.registry.servedBy(pbx.policyId()).size() > 1) ? Obstacle.SHARED : null;
	}

	/**
	 * Takes in what can be.
	 * @return what was
	 */
	@Transactional
	List<Drift> adopt(Pbx pbx, List<Drift> drifts) {
		var adopted = new ArrayList<Drift>();
		for (var drift : drifts) {
			if (against(pbx, drift) == null) {
				HandEdit.of(drift).ifPresent((edit) -> adopt(pbx, edit));
				adopted.add(drift);
			}
		}
		return adopted;
	}

	private void adopt(Pbx pbx, HandEdit edit) {
		switch (edit) {
			case HandEdit.Rights(var endpoint, var rights) -> {
				var outbound = rights.outbound();
				var restrictions = new RestrictionEdit(!rights.international(), outbound == Outbound.NEVER,
						outbound == Outbound.BUSINESS_HOURS, new RestrictionEdit.MaxDuration(rights.maxSeconds()));
				this.extensions.find(pbx.id(), endpoint)
					.ifPresent((extension) -> this.extensions.edit(Set.of(extension.id()), restrictions));
			}
			case HandEdit.Code(var code, var allowed) -> {
				if (allowed) {
					this.policies.allow(pbx.policyId(), Set.of(code));
				}
				else {
					this.policies.block(pbx.policyId(), Set.of(code));
				}
			}
			case HandEdit.Protection(var on) -> this.policies.setProtection(pbx.policyId(), on);
		}
	}

	/** What stands against it, part of a message code. */
	enum Obstacle {

		/** The policy serves other PBXs, too. */
		SHARED,
		/** The portal knows no such extension on that PBX. */
		NO_EXTENSION,
		/** The portal says it in another way, in many rows at once. */
		OTHER

	}

}
