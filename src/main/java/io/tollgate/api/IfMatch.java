package io.tollgate.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * What a script saw of a thing before it changed it: the {@code If-Match} header. Without
 * one, two scripts that read, think and write would take back each other's work.
 */
public final class IfMatch {

	private final List<ETag> tags;

	private IfMatch(List<ETag> tags) {
		this.tags = tags;
	}

	/**
	 * Reads the header.
	 * @throws ErrorResponseException 428 when there is none
	 */
	public static IfMatch of(@Nullable String header) {
		var tags = (header != null) ? ETag.parse(header) : List.<ETag>of();
		if (tags.isEmpty()) {
			throw problem(HttpStatus.PRECONDITION_REQUIRED,
					"Say what you saw: send the ETag of the last answer as If-Match.");
		}
		return new IfMatch(tags);
	}

	/** The {@code ETag} of something that counts its changes. */
	public static String tag(long revision) {
		return "\"" + revision + "\"";
	}

	/**
	 * Of something that does not count its changes: another one for every other text.
	 * @return hexadecimal digits
	 */
	public static String fingerprint(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/** The {@code ETag} of something that has a fingerprint: letters and digits. */
	public static String tag(String fingerprint) {
		return "\"" + fingerprint + "\"";
	}

	/**
	 * To be asked while nobody else can change it.
	 * @param revision how often it was changed until now
	 * @throws ErrorResponseException 412 when that is not what was seen
	 */
	public void require(long revision) {
		requireTag(tag(revision));
	}

	/**
	 * The same of something that has a fingerprint.
	 * @throws ErrorResponseException 412 when that is not what was seen
	 */
	public void require(String fingerprint) {
		requireTag(tag(fingerprint));
	}

	private void requireTag(String tagNow) {
		var now = ETag.create(tagNow);
		if (this.tags.stream().noneMatch((tag) -> tag.isWildcard() || tag.compare(now, true))) {
			throw problem(HttpStatus.PRECONDITION_FAILED, "It was changed meanwhile. Read it again and decide anew.");
		}
	}

	private static ErrorResponseException problem(HttpStatus status, String detail) {
		return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

}
