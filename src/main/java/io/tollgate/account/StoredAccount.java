package io.tollgate.account;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.tollgate.audit.CurrentActor;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "account")
@NullUnmarked
class StoredAccount {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private String username;

	private String displayName;

	private String passwordHash;

	@Enumerated(EnumType.STRING)
	private Role role;

	private boolean enabled = true;

	private boolean invited;

	/** {@code null} for what the browser asks for. */
	private String language;

	private long revision;

	private Instant createdAt;

	/** Written by {@link Sessions}. */
	@Column(insertable = false, updatable = false)
	private Instant lastSeenAt;

	@ElementCollection(fetch = FetchType.EAGER)
	@CollectionTable(name = "account_group", joinColumns = @JoinColumn(name = "account_id"))
	@Column(name = "group_name")
	private Set<String> groups = new HashSet<>();

	protected StoredAccount() {
	}

	StoredAccount(String username, String displayName, String passwordHash, Role role, Instant createdAt) {
		if (CurrentActor.SYSTEM.equals(username)) {
			throw new IllegalArgumentException("\"%s\" is the portal itself in the audit log".formatted(username));
		}
		this.username = username;
		this.displayName = displayName;
		this.passwordHash = passwordHash;
		this.role = role;
		this.createdAt = createdAt;
	}

	/** Of somebody who makes their password later, and may say another name then. */
	static StoredAccount invited(String username, String displayName, String passwordHash, Role role,
			Set<String> groups, Instant createdAt) {
		var account = new StoredAccount(username, displayName, passwordHash, role, createdAt);
		account.invited = true;
		account.groups.addAll(groups);
		return account;
	}

	Long id() {
		return this.id;
	}

	String username() {
		return this.username;
	}

	boolean isInvited() {
		return this.invited;
	}

	boolean hasPassword(Predicate<String> matcher) {
		return matcher.test(this.passwordHash);
	}

	boolean call(String name) {
		boolean different = !name.equals(this.displayName);
		this.displayName = name;
		return different;
	}

	/** A change of it takes nothing from anybody, so sessions go on. */
	void speak(Language language) {
		this.language = language.code();
	}

	/** Returns whether that is different from before, as the others do. */
	boolean allow(Role role, Set<String> groups) {
		if (role == this.role && groups.equals(this.groups)) {
			return false;
		}
		this.role = role;
		this.groups.clear();
		this.groups.addAll(groups);
		renew();
		return true;
	}

	boolean enable(boolean enabled) {
		if (enabled == this.enabled) {
			return false;
		}
		this.enabled = enabled;
		renew();
		return true;
	}

	/** Of a password that nobody knows yet, or of the one just made. */
	void setPasswordHash(String passwordHash) {
		this.passwordHash = passwordHash;
		renew();
	}

	void acceptInvitation() {
		this.invited = false;
	}

	/** Sessions that began before this one are not its any more. */
	void renew() {
		this.revision++;
	}

	/** For the audit log: what somebody may do. */
	String words() {
		return this.displayName + ", " + this.role + ", "
				+ (this.groups.isEmpty() ? "all PBXs" : String.join(" / ", new TreeSet<>(this.groups)))
				+ (this.enabled ? "" : ", disabled");
	}

	Account toAccount() {
		return new Account(this.id, this.username, this.displayName, this.role, new TreeSet<>(this.groups),
				this.enabled, this.invited, this.createdAt, this.lastSeenAt);
	}

	SignedIn toSignedIn() {
		return new SignedIn(this.username, this.passwordHash, this.enabled, this.displayName, this.role,
				(this.role == Role.ADMINISTRATOR) ? Set.of() : this.groups, this.revision, this.language);
	}

}
