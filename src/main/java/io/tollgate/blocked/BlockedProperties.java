package io.tollgate.blocked;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether and how blocked calls are heard of.
 *
 * @param listen with a line of its own to each PBX
 * @param look how often it is seen to that each PBX has one
 */
@ConfigurationProperties("tollgate.blocked")
record BlockedProperties(@DefaultValue("true") boolean listen, @DefaultValue("10s") Duration look) {
}
