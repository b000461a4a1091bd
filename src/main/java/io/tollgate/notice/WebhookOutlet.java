package io.tollgate.notice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.asterisk.OutsideHosts;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Posts to webhooks. It connects to no address that was not looked at, follows nobody
 * elsewhere, and waits no longer than it was told to.
 */
@Component
class WebhookOutlet implements Outlet, DisposableBean {

	private final Channels channels;

	private final OutsideHosts outside;

	private final NoticeProperties properties;

	private final MessageSource messages;

	private final Clock clock;

	private final CloseableHttpClient client;

	WebhookOutlet(Channels channels, OutsideHosts outside, NoticeProperties properties, MessageSource messages,
			Clock clock) {
		this.channels = channels;
		this.outside = outside;
		this.properties = properties;
		this.messages = messages;
		this.clock = clock;
		this.client = client();
	}

	private CloseableHttpClient client() {
		var timeout = Timeout.of(this.properties.webhookTimeout());
		var connections = PoolingHttpClientConnectionManagerBuilder.create()
			.setDnsResolver(new Resolver())
			.setDefaultConnectionConfig(
					ConnectionConfig.custom().setConnectTimeout(timeout).setSocketTimeout(timeout).build())
			.build();
		return HttpClients.custom()
			.setConnectionManager(connections)
			.setDefaultRequestConfig(
					RequestConfig.custom().setResponseTimeout(timeout).setConnectionRequestTimeout(timeout).build())
			.setUserAgent("Tollgate")
			.disableRedirectHandling()
			.disableAutomaticRetries()
			.disableCookieManagement()
			.disableAuthCaching()
			.build();
	}

	@Override
	public ChannelKind kind() {
		return ChannelKind.WEBHOOK;
	}

	@Override
	public Duration patience() {
		return this.properties.webhookTimeout();
	}

	@Override
	public Answer send(Channel channel, Message message) {
		try {
			int code = this.client.execute(request(channel, message), (answer) -> answer.getCode());
			return new Answer(code >= 200 && code < 300, "HTTP " + code);
		}
		catch (IOException | ConnectorException ex) {
			return failed(ex);
		}
	}

	private HttpPost request(Channel channel, Message message) {
		var id = message.id().toString();
		long now = Instant.now(this.clock).getEpochSecond();
		var request = new HttpPost(URI.create(channel.address()));
		request.setEntity(new StringEntity(message.body(), ContentType.APPLICATION_JSON));
		request.setHeader("webhook-id", id);
		request.setHeader("webhook-timestamp", now);
		request.setHeader("webhook-signature",
				WebhookSignature.of(this.channels.unlock(channel.id()), id, now, message.body()));
		return request;
	}

	private Answer failed(Throwable cause) {
		if (cause instanceof ConnectorException refused) {
			return new Answer(false,
					say("problem." + refused.problem().code(), refused.problem().arguments().toArray()));
		}
		var message = cause.getMessage();
		return new Answer(false, (message != null) ? message : cause.getClass().getSimpleName());
	}

	private String say(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, Locale.ENGLISH);
	}

	@Override
	public void destroy() throws IOException {
		this.client.close();
	}

	/** Lets the portal itself say which address a name is. */
	private final class Resolver implements DnsResolver {

		@Override
		public InetAddress[] resolve(String host) {
			return new InetAddress[] { address(host, 0) };
		}

		@Override
		public List<InetSocketAddress> resolve(String host, int port) {
			return List.of(new InetSocketAddress(address(host, port), port));
		}

		@Override
		public String resolveCanonicalHostname(String host) {
			return host;
		}

		private InetAddress address(String host, int port) {
			return WebhookOutlet.this.outside.resolve(host, port, WebhookOutlet.this.properties.allowedNetworks());
		}

	}

}
