package io.tollgate.connector.asterisk;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Lets the times be set. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AsteriskProperties.class)
class AsteriskConfiguration {

}
