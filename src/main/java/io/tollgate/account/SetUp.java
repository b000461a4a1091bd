package io.tollgate.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import io.tollgate.account.UserAnswer.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** From an empty database to the first administrator. */
@Service
class SetUp {

	private static final Logger LOGGER = LoggerFactory.getLogger(SetUp.class);

	private final Accounts accounts;

	private final SetUpLink link;

	private final TransactionTemplate transaction;

	private final Environment environment;

	private final PasswordRules rules;

	private final BootstrapToken bootstrap;

	private final Users users;

	private final String username;

	private final String passwordFile;

	SetUp(Accounts accounts, SetUpLink link, TransactionTemplate transaction, Environment environment,
			PasswordRules rules, BootstrapToken bootstrap, Users users,
			@Value("${tollgate.setup.username:admin}") String username,
			@Value("${tollgate.setup.password-file:}") String passwordFile) {
		this.accounts = accounts;
		this.link = link;
		this.transaction = transaction;
		this.environment = environment;
		this.rules = rules;
		this.bootstrap = bootstrap;
		this.users = users;
		this.username = username;
		this.passwordFile = passwordFile;
	}

	@EventListener(ApplicationReadyEvent.class)
	void announce(ApplicationReadyEvent ready) {
		if (!(ready.getApplicationContext() instanceof WebServerApplicationContext)) {
			return;
		}
		if (!this.accounts.none()) {
			inviteAgain();
			return;
		}
		if (!this.passwordFile.isBlank()) {
			byFile();
			return;
		}
		if (this.bootstrap.load()) {
			LOGGER.warn("Nobody can sign in yet. Make the first administrator with the bootstrap token: POST {}",
					BootstrapApi.PATH);
			return;
		}
		// the link last: a message is one line of the log, and terminals open what goes
		// up to its end
		LOGGER.warn(
				"Nobody can sign in yet. This link makes the first administrator; it works once and for {} minutes, "
						+ "and a restart prints a fresh one: {}/set-up?token={}",
				SetUpLink.LIFETIME.toMinutes(), here(), this.link.renew());
	}

	/**
	 * The first administrator of a bootstrap may have missed the link, and nobody else
	 * could give them another one.
	 */
	void inviteAgain() {
		var everybody = this.users.all();
		if (!everybody.stream().allMatch(Account::invited) || !this.users.openLinks().isEmpty()) {
			return;
		}
		everybody.stream()
			.filter((account) -> account.role() == Role.ADMINISTRATOR)
			.findFirst()
			.ifPresent((account) -> {
				if (this.users.resetPassword(account.id(),
						this.accounts.hash(OneTimeToken.make())) instanceof Done(Account _, String token)) {
					LOGGER.warn(
							"Nobody can sign in yet, and the link of {} has ended. Here is another one, for {} hours: "
									+ "{}{}?token={}",
							account.username(), PasswordLinks.LIFETIME.toHours(), here(), WelcomeController.PATH,
							token);
				}
			});
	}

	private String here() {
		var scheme = this.environment.containsProperty("server.ssl.bundle")
				|| this.environment.containsProperty("server.ssl.key-store") ? "https" : "http";
		return scheme + "://localhost:" + this.environment.getProperty("local.server.port", "8080");
	}

	/**
	 * For an installation that nobody sits at: the administrator's first password lies in
	 * a file. A wrong one ends the start, rather than leave a portal open to whoever
	 * comes first.
	 */
	void byFile() {
		var password = read(Path.of(this.passwordFile));
		var refusal = this.rules.refusal(password, List.of(this.username));
		if (refusal != null) {
			throw new IllegalStateException("The password in " + this.passwordFile + " is not good enough: "
					+ refusal.code().replaceAll(".*\\.", "") + ". Use 15 to 128 characters that are not soon guessed");
		}
		complete(this.link.renew(), this.username, this.username, password).ifPresent(
				(account) -> LOGGER.warn("{} is the first administrator, with the password in {}. Delete the file.",
						account.username(), this.passwordFile));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The file of the first password cannot be read", ex);
		}
	}

	/** Whether the first account can be made with this token now. */
	boolean isOpen(String token) {
		return this.accounts.none() && this.link.isOpen(token);
	}

	/**
	 * Makes the first administrator.
	 * @return the account, or nothing if the token is not open any more
	 */
	Optional<Account> complete(String token, String username, String displayName, String password) {
		var hash = this.accounts.hash(password);
		return alone(() -> token,
				() -> this.accounts.add(username, displayName, hash, Role.ADMINISTRATOR, Accounts.SETUP_ACTOR));
	}

	/**
	 * Makes the first administrator in another way than with the link, which is worth
	 * nothing afterwards. Of many at once one does it: the others wait and find that it
	 * is done.
	 * @return nothing if there is an account
	 */
	<T> Optional<T> first(Supplier<T> work) {
		return alone(this.link::renew, work);
	}

	private <T> Optional<T> alone(Supplier<String> token, Supplier<T> work) {
		return Objects
			.requireNonNull(this.transaction.execute((_) -> (this.link.redeem(token.get()) && this.accounts.none())
					? Optional.of(work.get()) : Optional.empty()));
	}

}
