package io.tollgate.apply;

import io.tollgate.connector.Target;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.springframework.stereotype.Component;

/** How the connector reaches a registered PBX. */
@Component
public class PbxTargets {

	private final PbxRegistry registry;

	PbxTargets(PbxRegistry registry) {
		this.registry = registry;
	}

	/** With the PBX's secret in clear: only for connecting. */
	public Target of(Pbx pbx) {
		return new Target(pbx.host(), pbx.port(), pbx.tls(), pbx.fingerprint(), pbx.amiUser(),
				this.registry.secret(pbx.id()));
	}

}
