package io.tollgate.fleet;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditPages;
import io.tollgate.pbx.PbxRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the audit log leads to for what is known by the number of its PBX. */
@Configuration(proxyBeanMethods = false)
class AuditedPages {

	@Bean
	AuditPages auditedPbxs(PbxRegistry registry) {
		return new OfPbx("pbx", "/pbxs/", registry);
	}

	@Bean
	AuditPages auditedRoutes(PbxRegistry registry) {
		return new OfPbx("route", "/routes?pbx=", registry);
	}

	@Bean
	AuditPages auditedTrunks(PbxRegistry registry) {
		return new OfPbx("trunk", "/trunks?pbx=", registry);
	}

	private record OfPbx(String type, String path, PbxRegistry registry) implements AuditPages {

		/** The trail keeps the numbers of PBXs that are gone. */
		@Override
		public Map<String, String> of(Collection<String> ids) {
			var numbers = ids.stream().filter((id) -> id.matches("[0-9]{1,18}")).map(Long::valueOf).toList();
			return this.registry.find(numbers)
				.stream()
				.collect(Collectors.toMap((pbx) -> String.valueOf(pbx.id()), (pbx) -> this.path + pbx.id()));
		}

	}

}
