package io.tollgate;

import org.junit.jupiter.api.Test;

import org.springframework.modulith.core.ApplicationModules;

/** The arrows between the modules point one way; each package-info names its own. */
class ModularityTests {

	@Test
	void modulesKeepToTheirArrows() {
		ApplicationModules.of(TollgateApplication.class).verify();
	}

}
