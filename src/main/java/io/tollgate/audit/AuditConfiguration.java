package io.tollgate.audit;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ AuditProperties.class, ForwardProperties.class })
class AuditConfiguration {

}
