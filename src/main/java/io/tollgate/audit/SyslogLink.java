package io.tollgate.audit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Brings messages to the receiver, a connection for each batch. Syslog has no word for
 * "received", but a connection has: when we have said that no more comes, a receiver has
 * read everything before it sees that, and only then closes its side. So a batch that
 * ended in that way has arrived, and one that did not is sent again.
 */
final class SyslogLink implements AutoCloseable {

	private final ForwardProperties to;

	private final SSLSocketFactory tls;

	private final ScheduledExecutorService watch = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("syslog-deadlines").factory());

	SyslogLink(ForwardProperties to, SSLSocketFactory tls) {
		this.to = to;
		this.tls = tls;
	}

	/**
	 * Sends messages and does not return before they have arrived.
	 * @throws IOException when nobody knows whether they did
	 */
	void send(List<byte[]> messages) throws IOException {
		if (this.to.protocol() == ForwardProperties.Protocol.UDP) {
			datagrams(messages);
			return;
		}
		int millis = (int) this.to.timeout().toMillis();
		try (var socket = new Socket()) {
			// a receiver that stops reading would hold a write for ever
			var deadline = this.watch.schedule(() -> close(socket), millis, TimeUnit.MILLISECONDS);
			try {
				socket.connect(new InetSocketAddress(this.to.host(), this.to.port()), millis);
				socket.setSoTimeout(millis);
				if (this.to.protocol() == ForwardProperties.Protocol.TLS) {
					encrypted(socket, messages);
				}
				else {
					exchange(socket, messages);
				}
			}
			finally {
				deadline.cancel(false);
			}
		}
	}

	private void encrypted(Socket socket, List<byte[]> messages) throws IOException {
		try (var secure = (SSLSocket) this.tls.createSocket(socket, this.to.host(), this.to.port(), true)) {
			var parameters = secure.getSSLParameters();
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
			secure.setSSLParameters(parameters);
			secure.startHandshake();
			exchange(secure, messages);
		}
	}

	private static void exchange(Socket socket, List<byte[]> messages) throws IOException {
		var out = new BufferedOutputStream(socket.getOutputStream());
		for (var message : messages) {
			out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
			out.write(message);
		}
		out.flush();
		socket.shutdownOutput();
		InputStream in = socket.getInputStream();
		while (in.read() != -1) {
			// whatever a receiver may say; what counts is its end
		}
	}

	private void datagrams(List<byte[]> messages) throws IOException {
		try (var socket = new DatagramSocket()) {
			var address = new InetSocketAddress(this.to.host(), this.to.port());
			if (address.isUnresolved()) {
				throw new IOException("no such host");
			}
			for (var message : messages) {
				socket.send(new DatagramPacket(message, message.length, address));
			}
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// it is of no use any more, which is what was wanted
		}
	}

	@Override
	public void close() {
		this.watch.shutdownNow();
	}

}
