package io.tollgate.api;

import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The description of the API, for programs. It is a file of the build, written by a test
 * from the endpoints, so the portal itself carries nothing that could write one.
 */
@Hidden
@RestController
class OpenApi {

	@GetMapping(path = "/api/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
	@PreAuthorize("hasRole('VIEWER')")
	Resource description() {
		return new ClassPathResource("api/openapi.json");
	}

}
