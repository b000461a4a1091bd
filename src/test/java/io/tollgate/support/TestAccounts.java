package io.tollgate.support;

import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.tollgate.account.Accounts;
import io.tollgate.account.Role;

import org.springframework.boot.test.context.TestComponent;

/** One account of each role, made when first asked for. */
@TestComponent
public class TestAccounts {

	public static final String PASSWORD = "correct horse battery staple";

	private final Accounts accounts;

	private final ConcurrentMap<Role, String> usernames = new ConcurrentHashMap<>();

	private final ConcurrentMap<String, String> others = new ConcurrentHashMap<>();

	TestAccounts(Accounts accounts) {
		this.accounts = accounts;
	}

	/** The username of an account with this role, e.g. {@code operator}. */
	public String username(Role role) {
		return this.usernames.computeIfAbsent(role, (wanted) -> {
			var name = wanted.name().toLowerCase(Locale.ROOT);
			var displayName = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + " Test";
			return this.accounts.create(name, displayName, PASSWORD, wanted).username();
		});
	}

	/** One more account, made when first asked for; its password is {@link #PASSWORD}. */
	public String another(String username, Role role) {
		return this.others.computeIfAbsent(username,
				(name) -> this.accounts.create(name, name, PASSWORD, role).username());
	}

	/** Signs the browser in with this role. */
	public Browser signIn(Browser browser, Role role) {
		return browser.signIn(username(role), PASSWORD);
	}

}
