package io.tollgate.connector.asterisk;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Trusts exactly one certificate, or on first use the one that is met. A PBX's
 * certificate is most often self-signed and long expired; what matters is that it is the
 * same one as yesterday.
 */
final class PinnedCertificate extends X509ExtendedTrustManager {

	private final @Nullable String expected;

	private @Nullable String met;

	PinnedCertificate(@Nullable String expected) {
		this.expected = (expected != null) ? expected.replace(":", "").toLowerCase(Locale.ROOT) : null;
	}

	SSLSocketFactory socketFactory() {
		try {
			var context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { this }, null);
			return context.getSocketFactory();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** SHA-256 of the certificate met, 64 hex digits; {@code null} before that. */
	@Nullable String met() {
		return this.met;
	}

	boolean differs() {
		return this.met != null && this.expected != null && !this.expected.equals(this.met);
	}

	private void check(X509Certificate[] chain) throws CertificateException {
		try {
			var digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
			this.met = HexFormat.of().formatHex(digest);
		}
		catch (GeneralSecurityException ex) {
			throw new CertificateException(ex);
		}
		if (differs()) {
			throw new CertificateException("not the pinned certificate");
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		check(chain);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		check(chain);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		check(chain);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		throw new CertificateException("no clients here");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		throw new CertificateException("no clients here");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		throw new CertificateException("no clients here");
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return new X509Certificate[0];
	}

}
