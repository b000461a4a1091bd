package io.tollgate.account;

import java.io.Serial;
import java.util.List;
import java.util.Set;

import io.tollgate.audit.Scoped;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** The principal of a signed-in account. Its name is the account's username. */
public final class SignedIn extends User implements Scoped {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String displayName;

	private final Role role;

	private final Set<String> groups;

	private final long revision;

	private final @Nullable String language;

	SignedIn(String username, String passwordHash, boolean enabled, String displayName, Role role, Set<String> groups,
			long revision, @Nullable String language) {
		super(username, passwordHash, enabled, true, true, true, List.of(new SimpleGrantedAuthority(role.authority())));
		this.displayName = displayName;
		this.role = role;
		this.groups = Set.copyOf(groups);
		this.revision = revision;
		this.language = language;
	}

	/** The name people know the account's holder by. */
	public String getDisplayName() {
		return this.displayName;
	}

	public Role getRole() {
		return this.role;
	}

	@Override
	public Set<String> groups() {
		return this.groups;
	}

	@Override
	public String account() {
		return getUsername();
	}

	/** The account's revision at sign-in. */
	long revision() {
		return this.revision;
	}

	/** The language that they chose, {@code null} for what the browser asks for. */
	@Nullable String language() {
		return this.language;
	}

	/** One or two letters for the avatar. */
	public String getInitials() {
		return Initials.of(this.displayName);
	}

}
