package io.tollgate.account;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.tollgate.account.UserAnswer.Done;
import io.tollgate.api.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the set-up page does, for an installation that nobody sits at: the first
 * administrator and, for the script, a token of theirs.
 */
@RestController
class BootstrapApi {

	static final String PATH = "/api/v1/bootstrap";

	private final SetUp setUp;

	private final Accounts accounts;

	private final Users users;

	private final ApiTokens tokens;

	private final PasswordRules rules;

	private final PublicUrl url;

	private final MessageSource messages;

	private final Clock clock;

	BootstrapApi(SetUp setUp, Accounts accounts, Users users, ApiTokens tokens, PasswordRules rules, PublicUrl url,
			MessageSource messages, Clock clock) {
		this.setUp = setUp;
		this.accounts = accounts;
		this.users = users;
		this.tokens = tokens;
		this.rules = rules;
		this.url = url;
		this.messages = messages;
		this.clock = clock;
	}

	/** Wholly or not at all; what was refused can be asked for again. */
	@PostMapping(PATH)
	@PreAuthorize("hasAuthority('BOOTSTRAP')")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Makes the first administrator and a token, once, with the bootstrap token")
	Made begin(@Valid @RequestBody Wanted wanted) {
		var token = wanted.token().checked();
		var person = wanted.administrator();
		if (person.password() != null) {
			var refusal = this.rules.refusal(person.password(), List.of(person.username(), person.called()));
			if (refusal != null) {
				throw new RefusedException("/administrator/password", Objects.requireNonNull(
						this.messages.getMessage(refusal.code(), new Object[] { refusal.limit() }, Locale.ENGLISH)));
			}
		}
		// slow on purpose, so outside of what others wait for
		var hash = this.accounts.hash((person.password() != null) ? person.password() : OneTimeToken.make());
		return this.setUp.first(() -> make(person, hash, token))
			.orElseThrow(() -> new InvalidBearerTokenException("Somebody else was faster"));
	}

	private Made make(Person person, String hash, NewApiToken wanted) {
		var now = Instant.now(this.clock);
		if (person.password() != null) {
			var account = this.accounts.add(person.username(), person.called(), hash, Role.ADMINISTRATOR,
					BootstrapToken.ACTOR);
			return Made.of(new Administrator(account.username(), null, null), this.tokens.makeFirst(wanted, account));
		}
		var invited = (Done) this.users.invite(person.username(), person.called(), Role.ADMINISTRATOR, Set.of(), hash);
		return Made.of(new Administrator(invited.account().username(),
				WelcomeController.link(this.url, invited.token()), now.plus(PasswordLinks.LIFETIME)),
				this.tokens.makeFirst(wanted, invited.account()));
	}

	/** The first administrator and the first token. */
	record Wanted(@NotNull @Valid Person administrator, @NotNull @Valid WantedToken token) {
	}

	/**
	 * Who the first administrator is.
	 *
	 * @param displayName the username if it is not given
	 * @param password after the rules of the set-up page; without one the answer has a
	 * link with which they make theirs
	 */
	record Person(
			@NotBlank(message = "{account.username.needed}") @Pattern(regexp = SetUpForm.USERNAME,
					message = "{account.username.invalid}") String username,
			@Nullable @Size(max = 80, message = "{account.displayName.long}") String displayName,
			@Nullable String password) {

		String called() {
			return (this.displayName == null || this.displayName.isBlank()) ? this.username.strip()
					: this.displayName.strip();
		}

		@Override
		public String toString() {
			return "Person[username=" + this.username + "]";
		}

	}

	/**
	 * The token that is made for the script.
	 *
	 * @param name what it is for
	 * @param scopes words such as {@code policy:write}
	 * @param days how long it works, 90 if it is not given
	 */
	record WantedToken(
			@NotBlank(message = "{account.token.name.needed}") @Size(max = 40,
					message = "{account.token.name.long}") String name,
			@NotEmpty @Size(max = 100) List<@NotNull @Size(max = 40) String> scopes,
			@Nullable @Min(1) @Max(ApiTokens.MOST_DAYS) Integer days) {

		NewApiToken checked() {
			var chosen = EnumSet.noneOf(ApiScope.class);
			for (int i = 0; i < this.scopes.size(); i++) {
				var path = "/token/scopes/" + i;
				chosen.add(ApiScope.of(this.scopes.get(i))
					.orElseThrow(() -> new RefusedException(path, "There is no such scope.")));
			}
			return new NewApiToken(this.name.strip(), chosen, Set.of(),
					(this.days != null) ? this.days : ApiTokens.DEFAULT_DAYS);
		}

	}

	/** What was made; the token and the link are told nowhere else. */
	record Made(Administrator administrator, MadeToken token) {

		static Made of(Administrator administrator, ApiTokens.Made made) {
			var token = made.token();
			return new Made(administrator, new MadeToken(token.id(), token.name(),
					token.scopes().stream().map(ApiScope::word).toList(), token.expiresAt(), made.secret().token()));
		}

	}

	/**
	 * The first administrator.
	 *
	 * @param link where they make their password, {@code null} when they have one
	 * @param linkEndsAt until when it works, {@code null} without one
	 */
	record Administrator(String username, @Nullable String link, @Nullable Instant linkEndsAt) {

		@Override
		public String toString() {
			return "Administrator[username=" + this.username + "]";
		}

	}

	/**
	 * The token.
	 *
	 * @param token what goes into the {@code Authorization} header
	 */
	record MadeToken(long id, String name, List<String> scopes, Instant expiresAt, String token) {

		@Override
		public String toString() {
			return "MadeToken[id=" + this.id + ", name=" + this.name + "]";
		}

	}

}
