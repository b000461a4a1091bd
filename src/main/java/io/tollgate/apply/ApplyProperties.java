package io.tollgate.apply;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How PBXs are brought to what is wanted, and watched.
 *
 * @param parallel PBXs at a time in one portal
 * @param confirmWithin how long a PBX keeps a switch that nobody confirmed
 * @param watchEvery how often each PBX is asked what it runs
 * @param retry how long after a PBX did not answer it is asked again; doubled each time
 * @param retryMost the longest such pause
 * @param askAgain how long until a PBX that is to decide by its own clock is asked again
 * @param poll how often the database is asked for work that another portal has begun
 * @param heartbeat how often this portal says of each job that it is at work on it; four
 * missed ones, and another portal takes it over
 */
@ConfigurationProperties("tollgate.apply")
record ApplyProperties(@DefaultValue("64") int parallel, @DefaultValue("30s") Duration confirmWithin,
		@DefaultValue("30s") Duration watchEvery, @DefaultValue("5s") Duration retry,
		@DefaultValue("40s") Duration retryMost, @DefaultValue("2s") Duration askAgain,
		@DefaultValue("1s") Duration poll, @DefaultValue("5s") Duration heartbeat) {

	/** After how long what was seen of a PBX says nothing of now. */
	Duration stale() {
		return this.watchEvery.multipliedBy(4);
	}

}
