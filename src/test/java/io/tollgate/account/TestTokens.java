package io.tollgate.account;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Tokens for tests of endpoints, to be created by the application's bean factory. */
public final class TestTokens {

	static final String NAME = "Tests";

	private final Accounts accounts;

	private final ApiTokens tokens;

	private final JdbcClient jdbc;

	TestTokens(Accounts accounts, ApiTokens tokens, JdbcClient jdbc) {
		this.accounts = accounts;
		this.tokens = tokens;
		this.jdbc = jdbc;
	}

	/** A token of that person with these scopes, for all PBXs that they see. */
	public String make(String username, String... scopes) {
		return make(username, Set.of(), scopes);
	}

	/** The same, limited to PBX groups. */
	public String make(String username, Set<String> groups, String... scopes) {
		var account = this.accounts.loadUserByUsername(username);
		SecurityContextHolder.getContext()
			.setAuthentication(
					UsernamePasswordAuthenticationToken.authenticated(account, null, account.getAuthorities()));
		try {
			var meant = Arrays.stream(ApiScope.values())
				.filter((scope) -> Set.of(scopes).contains(scope.word()))
				.collect(Collectors.toSet());
			return this.tokens.make(new NewApiToken(NAME, meant, groups, 1)).secret().token();
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	/** The words of all scopes. */
	public static String[] all() {
		return Arrays.stream(ApiScope.values()).map(ApiScope::word).toArray(String[]::new);
	}

	/** Takes all of them back. */
	public void remove() {
		this.jdbc.sql("delete from api_token where name = ?").param(NAME).update();
	}

}
