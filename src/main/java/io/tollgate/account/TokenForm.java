package io.tollgate.account;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.validation.Errors;

/**
 * The token that somebody wants, as typed.
 *
 * @param name what it is for
 * @param scopes the words of what it may be used for
 * @param limited {@code true} for only the PBXs of the groups
 * @param groups the groups that are ticked
 * @param days how long it lives
 */
record TokenForm(
		@NotBlank(message = "{account.token.name.needed}") @Size(max = 40,
				message = "{account.token.name.long}") String name,
		@NotEmpty(message = "{account.token.scope.needed}") List<String> scopes, String limited, List<String> groups,
		String days) {

	static final TokenForm NEW = new TokenForm("", List.of(), "", List.of(), String.valueOf(ApiTokens.DEFAULT_DAYS));

	TokenForm(@Nullable String name, @Nullable List<String> scopes, @Nullable String limited,
			@Nullable List<String> groups, @Nullable String days) {
		this.name = (name != null) ? name.strip() : "";
		this.scopes = (scopes != null) ? scopes : List.of();
		this.limited = (limited != null) ? limited : "";
		this.groups = (groups != null) ? groups : List.of();
		this.days = (days != null) ? days.strip() : "";
	}

	/** What is ticked; what is none of them is not. */
	private Set<ApiScope> chosen() {
		var chosen = EnumSet.noneOf(ApiScope.class);
		Arrays.stream(ApiScope.values()).filter((scope) -> this.scopes.contains(scope.word())).forEach(chosen::add);
		return chosen;
	}

	private boolean isLimited() {
		return "true".equals(this.limited);
	}

	private int lifetime() {
		return this.days.matches("\\d{1,3}") ? Integer.parseInt(this.days) : 0;
	}

	/**
	 * Refuses what would be useless or too much.
	 * @param known the groups to choose from
	 */
	void check(Set<String> known, Errors errors) {
		if (!this.scopes.isEmpty() && chosen().size() != Set.copyOf(this.scopes).size()) {
			errors.rejectValue("scopes", "account.token.scope.needed");
		}
		if (isLimited() && (this.groups.isEmpty() || !known.containsAll(this.groups))) {
			errors.rejectValue("groups", "account.token.groups.needed");
		}
		if (lifetime() < 1 || lifetime() > ApiTokens.MOST_DAYS) {
			errors.rejectValue("days", "account.token.days.invalid");
		}
	}

	/** Once it has been checked. */
	NewApiToken wanted() {
		return new NewApiToken(this.name, chosen(), isLimited() ? new TreeSet<>(this.groups) : Set.of(), lifetime());
	}

}
