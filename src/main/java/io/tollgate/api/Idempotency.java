package io.tollgate.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.ErrorResponseException;

/**
 * Has a script that heard no answer ask again without anything being done again: what it
 * asks for with the same {@code Idempotency-Key} is done once. The answer is stored in
 * the very transaction that does it, so of a request that broke off nothing is left, and
 * the next one does it.
 */
@Component
public class Idempotency {

	/** At least a day, so that a script that is run every night meets its own. */
	static final Duration KEPT = Duration.ofDays(2);

	/** Whoever has no answer after that is gone. */
	static final Duration LONGEST = Duration.ofMinutes(2);

	private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,100}");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Idempotency(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Does it, unless it was done.
	 * @param key the header
	 * @param path what is asked for
	 * @param request the body as it was understood
	 * @param type of the answer
	 * @param work what to do; what ends without an answer that is kept can be asked for
	 * again
	 * @throws ErrorResponseException 400 without a key, 422 when it was sent with another
	 * request, 409 while the first one is worked on
	 */
	public <T> T once(@Nullable String key, String path, Object request, Class<T> type, Work<T> work) {
		if (key == null || !FORM.matcher(key).matches()) {
			throw problem(HttpStatus.BAD_REQUEST,
					"Send a key of your own making as Idempotency-Key, up to 100 letters and digits: "
							+ "another one for each thing to do, the same one to ask again.");
		}
		var asked = new Asked(token(), key, hash(path + " " + JSON.writeValueAsString(request)),
				Instant.now(this.clock).truncatedTo(ChronoUnit.MICROS));
		var kept = claim(asked);
		if (kept.isPresent()) {
			return JSON.readValue(kept.get(), type);
		}
		try {
			return work.run((answer) -> keep(asked, JSON.writeValueAsString(answer)));
		}
		finally {
			// nothing is left of what was kept and of what was rolled back alike
			this.transaction
				.executeWithoutResult((_) -> at(asked, "delete from api_request", " and answer is null").update());
		}
	}

	private static long token() {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
			return caller.tokenId();
		}
		throw new IllegalStateException("no request of a script");
	}

	/** The answer that was given before; empty when it is this one's to do. */
	private Optional<String> claim(Asked asked) {
		var gone = asked.at().minus(KEPT).atOffset(ZoneOffset.UTC);
		this.transaction.executeWithoutResult(
				(_) -> this.jdbc.sql("delete from api_request where begun_at < ?").param(gone).update());
		for (int i = 0; i < 3; i++) {
			if (inserted(asked)) {
				return Optional.empty();
			}
			var before = before(asked).orElse(null);
			if (before != null) {
				return answer(asked, before);
			}
		}
		throw underWay();
	}

	private boolean inserted(Asked asked) {
		try {
			this.transaction.executeWithoutResult((_) -> this.jdbc
				.sql("insert into api_request (token_id, idempotency_key, request_hash, begun_at) values (?, ?, ?, ?)")
				.param(asked.token())
				.param(asked.key())
				.param(asked.hash())
				.param(asked.at().atOffset(ZoneOffset.UTC))
				.update());
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	private Optional<Before> before(Asked asked) {
		return this.jdbc
			.sql("select request_hash, begun_at, answer from api_request where token_id = ? and idempotency_key = ?")
			.param(asked.token())
			.param(asked.key())
			.query(Before::of)
			.optional();
	}

	private Optional<String> answer(Asked asked, Before before) {
		if (!before.hash().equals(asked.hash())) {
			throw problem(HttpStatus.UNPROCESSABLE_CONTENT,
					"This Idempotency-Key was sent with another request. Take another one for this.");
		}
		if (before.answer() != null) {
			return Optional.of(before.answer());
		}
		// what that one does from now on finds its row changed, and is rolled back
		if (before.at().plus(LONGEST).isBefore(asked.at()) && takenOver(asked, before)) {
			return Optional.empty();
		}
		throw underWay();
	}

	private boolean takenOver(Asked asked, Before before) {
		return Boolean.TRUE.equals(this.transaction.execute((_) -> this.jdbc
			.sql("update api_request set begun_at = ? where token_id = ? and idempotency_key = ? and begun_at = ?"
					+ " and answer is null")
			.param(asked.at().atOffset(ZoneOffset.UTC))
			.param(asked.token())
			.param(asked.key())
			.param(before.at().atOffset(ZoneOffset.UTC))
			.update() == 1));
	}

	private void keep(Asked asked, String answer) {
		if (at(asked, "update api_request set answer = :answer", " and answer is null").param("answer", answer)
			.update() != 1) {
			throw underWay();
		}
	}

	/** The row, as long as it is this one's. */
	private JdbcClient.StatementSpec at(Asked asked, String what, String more) {
		return this.jdbc.sql(what + " where token_id = :token and idempotency_key = :key and begun_at = :at" + more)
			.param("token", asked.token())
			.param("key", asked.key())
			.param("at", asked.at().atOffset(ZoneOffset.UTC));
	}

	private static ErrorResponseException underWay() {
		var problem = problem(HttpStatus.CONFLICT,
				"The first request with this Idempotency-Key is still worked on. Ask again in a moment.");
		problem.getHeaders().set("Retry-After", "1");
		return problem;
	}

	private static ErrorResponseException problem(HttpStatus status, String detail) {
		return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

	private static String hash(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/** What a request asks for. */
	@FunctionalInterface
	public interface Work<T> {

		/**
		 * Does it.
		 * @param keep to be given the answer in the transaction that does it
		 * @return the same answer
		 */
		T run(Consumer<T> keep);

	}

	private record Asked(long token, String key, String hash, Instant at) {
	}

	/**
	 * An earlier request with the same key.
	 *
	 * @param answer {@code null} while it is worked on
	 */
	private record Before(String hash, Instant at, @Nullable String answer) {

		static Before of(ResultSet row, int number) throws SQLException {
			return new Before(Objects.requireNonNull(row.getString("request_hash")),
					Objects.requireNonNull(row.getObject("begun_at", OffsetDateTime.class)).toInstant(),
					row.getString("answer"));
		}

	}

}
