package io.tollgate.notice;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people are told.
 *
 * @param from the address that mails come from; without it, or without
 * {@code spring.mail.host}, none are sent
 * @param gather how long after a message the next one to the same channel waits for
 * company
 * @param settle how long a PBX must not answer before anybody is told
 * @param giveUp how long a message is tried
 * @param webhookTimeout how long one attempt may take
 * @param allowedNetworks CIDR of networks that webhooks may go to although they are
 * private
 */
@ConfigurationProperties("tollgate.notice")
record NoticeProperties(@DefaultValue("") String from, @DefaultValue("5m") Duration gather,
		@DefaultValue("2m") Duration settle, @DefaultValue("24h") Duration giveUp,
		@DefaultValue("10s") Duration webhookTimeout, @DefaultValue List<String> allowedNetworks) {

	NoticeProperties {
		allowedNetworks = List.copyOf(allowedNetworks);
	}

}
