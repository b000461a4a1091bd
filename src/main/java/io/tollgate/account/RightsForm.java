package io.tollgate.account;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.validation.Errors;

/**
 * What somebody may do, as a form. Fields are kept as sent, so that a wrong one can be
 * shown again.
 *
 * @param role the name of their role
 * @param limited {@code true} for only the PBXs of the groups
 * @param groups the groups that are ticked
 */
record RightsForm(String role, String limited, List<String> groups) {

	static final RightsForm NEW = new RightsForm(Role.VIEWER.name(), "", List.of());

	RightsForm(@Nullable String role, @Nullable String limited, @Nullable List<String> groups) {
		this.role = (role != null) ? role : "";
		this.limited = (limited != null) ? limited : "";
		this.groups = (groups != null) ? groups : List.of();
	}

	static RightsForm of(Account account) {
		return new RightsForm(account.role().name(), String.valueOf(!account.groups().isEmpty()),
				List.copyOf(account.groups()));
	}

	/** What is not one of them is the least. */
	Role chosen() {
		return Arrays.stream(Role.values())
			.filter((each) -> each.name().equals(this.role))
			.findFirst()
			.orElse(Role.VIEWER);
	}

	/** Whether only some PBXs are meant; administrators are never limited. */
	boolean isLimited() {
		return "true".equals(this.limited) && chosen() != Role.ADMINISTRATOR;
	}

	/** Empty for all PBXs. */
	Set<String> scope() {
		return isLimited() ? new TreeSet<>(this.groups) : Set.of();
	}

	/**
	 * Refuses to be limited to nothing, which would be taken for everything, and to what
	 * is not there.
	 * @param known the groups to choose from
	 * @param path where this form is within the one that is bound
	 */
	void check(Set<String> known, Errors errors, String path) {
		if (!chosen().name().equals(this.role)) {
			errors.rejectValue(path + "role", "account.role.needed");
		}
		if (isLimited() && (this.groups.isEmpty() || !known.containsAll(this.groups))) {
			errors.rejectValue(path + "groups", "account.scope.needed");
		}
	}

}
