package io.tollgate.connector.asterisk;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The ports that the portal's own pages and its health are served on. */
@Component
class OwnPorts implements IntPredicate {

	private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

	@EventListener
	void on(WebServerInitializedEvent event) {
		this.ports.add(event.getWebServer().getPort());
	}

	@Override
	public boolean test(int port) {
		return this.ports.contains(port);
	}

}
