package io.tollgate.policyfile;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.tollgate.pbx.NotThereException;
import io.tollgate.policy.Policies;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Policies as a file to keep: what the reader sees on the pages, in one. */
@Controller
class PolicyFileController {

	private static final MediaType YAML = new MediaType("application", "yaml", StandardCharsets.UTF_8);

	private final Policies policies;

	private final WrittenPolicies written;

	PolicyFileController(Policies policies, WrittenPolicies written) {
		this.policies = policies;
		this.written = written;
	}

	/**
	 * One policy, or all that the reader sees.
	 * @throws NotThereException without such a policy
	 */
	@GetMapping("/policies.yaml")
	ResponseEntity<byte[]> export(@RequestParam(required = false) @Nullable Long policy) {
		var wanted = (policy != null) ? List.of(this.policies.find(policy).orElseThrow(NotThereException::new))
				: this.policies.all();
		return ResponseEntity.ok()
			.contentType(YAML)
			.header(HttpHeaders.CONTENT_DISPOSITION,
					"attachment; filename=\"" + ((policy != null) ? "policy-" + policy : "policies") + ".yaml\"")
			.body(this.written.file(wanted).getBytes(StandardCharsets.UTF_8));
	}

}
