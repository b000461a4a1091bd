package io.tollgate.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;

/** A self-signed certificate for AMI over TLS and the like, made by the JDK's keytool. */
public final class LabCertificate {

	private LabCertificate() {
	}

	/**
	 * Writes key and certificate.
	 * @param pem the file
	 * @return the certificate
	 */
	public static X509Certificate write(Path pem) throws IOException, InterruptedException, GeneralSecurityException {
		char[] password = "labsecret".toCharArray();
		var store = pem.resolveSibling("ami.p12");
		Files.createDirectories(pem.getParent());
		var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
		var process = new ProcessBuilder(keytool, "-genkeypair", "-alias", "ami", "-keyalg", "EC", "-groupname",
				"secp256r1", "-dname", "CN=pbx.lab", "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-validity", "30",
				"-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", new String(password))
			.redirectErrorStream(true)
			.start();
		var output = new String(process.getInputStream().readAllBytes());
		if (process.waitFor() != 0) {
			throw new IllegalStateException("keytool: " + output);
		}
		var keys = KeyStore.getInstance(store.toFile(), password);
		var certificate = (X509Certificate) keys.getCertificate("ami");
		Files.writeString(pem, block("PRIVATE KEY", keys.getKey("ami", password).getEncoded())
				+ block("CERTIFICATE", certificate.getEncoded()));
		Files.delete(store);
		return certificate;
	}

	static String fingerprint(X509Certificate certificate) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String block(String type, byte[] der) {
		var base64 = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der);
		return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
	}

}
