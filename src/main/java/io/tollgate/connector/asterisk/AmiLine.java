package io.tollgate.connector.asterisk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.ConnectorException.Kind;
import io.tollgate.connector.Problem;
import io.tollgate.connector.Target;

/**
 * The bytes to and from one PBX. Writes go out in whole lines and in pieces of at most
 * {@link #RECORD} bytes under TLS: Asterisk reads 1,024 bytes at a time and does not look
 * again for what its TLS library still holds, so a larger record, or one that ends in the
 * middle of a line, would stand still until more bytes come.
 */
final class AmiLine implements AutoCloseable {

	/** Under TLS: the longest line with its end. */
	static final int RECORD = 1024;

	private static final int PLAIN_PIECE = 16_384;

	private final Target target;

	private final Socket raw;

	private final PinnedCertificate certificate;

	private final byte[] pending;

	private int filled;

	private Socket socket;

	private AmiLine(Target target, Socket raw) {
		this.target = target;
		this.raw = raw;
		this.socket = raw;
		this.certificate = new PinnedCertificate(target.fingerprint());
		this.pending = new byte[target.tls() ? RECORD : PLAIN_PIECE];
	}

	/**
	 * Resolves once and connects.
	 * @throws ConnectorException what the policy refuses, {@code refused},
	 * {@code connect-timeout}, {@code no-route}
	 */
	@SuppressWarnings("resource") // the line owns the socket
	static AmiLine connect(Target target, Duration timeout, HostPolicy policy) {
		var address = policy.resolve(target.host(), target.port());
		var socket = new Socket();
		try {
			socket.setTcpNoDelay(true);
			socket.connect(new InetSocketAddress(address, target.port()), (int) timeout.toMillis());
			socket.setSoTimeout((int) timeout.toMillis());
			return new AmiLine(target, socket);
		}
		catch (IOException ex) {
			closeQuietly(socket);
			throw new ConnectorException(Kind.UNREACHABLE, connectProblem(target, address, timeout, ex), ex);
		}
	}

	private static Problem connectProblem(Target target, InetAddress address, Duration timeout, IOException ex) {
		var code = switch (ex) {
			case SocketTimeoutException _ -> "connect-timeout";
			case NoRouteToHostException _ -> "no-route";
			case ConnectException connect when connect.getMessage() != null
					&& connect.getMessage().toLowerCase(java.util.Locale.ROOT).contains("refused") ->
				"refused";
			case ConnectException connect when connect.getMessage() != null
					&& connect.getMessage().toLowerCase(java.util.Locale.ROOT).contains("timed out") ->
				"connect-timeout";
			default -> "no-route";
		};
		return Problem.of(code, target.host(), address.getHostAddress(), target.port(), timeout.toSeconds());
	}

	/**
	 * Shakes hands, if the target wants TLS.
	 * @throws ConnectorException {@code certificate-changed}, {@code tls-on-plain-port},
	 * {@code tls-failed}
	 */
	void secure() {
		if (!this.target.tls()) {
			return;
		}
		try {
			var layered = (SSLSocket) this.certificate.socketFactory()
				.createSocket(this.raw, this.target.host(), this.target.port(), true);
			this.socket = layered;
			layered.startHandshake();
		}
		catch (IOException ex) {
			throw new ConnectorException(Kind.UNREACHABLE, handshakeProblem(ex), ex);
		}
	}

	private Problem handshakeProblem(IOException ex) {
		if (this.certificate.differs()) {
			return Problem.of("certificate-changed", this.target.host(), String.valueOf(this.target.fingerprint()),
					String.valueOf(this.certificate.met()));
		}
		var message = String.valueOf(ex.getMessage());
		if (ex instanceof SSLException && message.contains("nsupported or unrecognized SSL message")) {
			return Problem.of("tls-on-plain-port", this.target.host(), this.target.port());
		}
		if (ex instanceof SocketTimeoutException) {
			return Problem.of("tls-timeout", this.target.host(), this.target.port());
		}
		return Problem.of("tls-failed", this.target.host(), this.target.port(), message);
	}

	/** SHA-256 of the certificate met; {@code null} without TLS. */
	@Nullable String fingerprint() {
		return this.certificate.met();
	}

	/** Whether the PBX shares the portal's host, so that no network sees the line. */
	boolean isLocal() {
		return this.raw.getInetAddress() != null && this.raw.getInetAddress().isLoopbackAddress();
	}

	/** From here on reads wait as long as it takes: the caller has its own deadline. */
	void waitForever() throws IOException {
		this.raw.setSoTimeout(0);
	}

	InputStream input() throws IOException {
		return this.socket.getInputStream();
	}

	/** Whole lines only; stays here until there is a piece full or {@link #flush}. */
	void write(byte[] lines) throws IOException {
		int from = 0;
		while (from < lines.length) {
			int end = from;
			while (lines[end] != '\n') {
				end++;
			}
			end++;
			if (this.filled + end - from > this.pending.length) {
				flush();
			}
			System.arraycopy(lines, from, this.pending, this.filled, end - from);
			this.filled += end - from;
			from = end;
		}
	}

	void flush() throws IOException {
		if (this.filled > 0) {
			OutputStream out = this.socket.getOutputStream();
			int length = this.filled;
			this.filled = 0;
			out.write(this.pending, 0, length);
			out.flush();
		}
	}

	/**
	 * Closes at once, and takes back what has not left this machine: a line that is given
	 * up must not do anything any more when the network is back.
	 */
	void abort() {
		try {
			this.raw.setSoLinger(true, 0);
		}
		catch (SocketException ex) {
			// closed before
		}
		close();
	}

	/**
	 * Closes at once: an orderly end of TLS would wait for a peer that may be gone.
	 */
	@Override
	public void close() {
		closeQuietly(this.raw);
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// nothing is lost with a socket that does not close: nobody uses it any more
		}
	}

}
