package io.tollgate.account;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

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
		this.username = username;
		this.displayName = displayName;
		this.passwordHash = passwordHash;
		this.role = role;
		this.createdAt = createdAt;
	}

	Account toAccount() {
		return new Account(this.id, this.username, this.displayName, this.role, new TreeSet<>(this.groups),
				this.enabled, this.createdAt);
	}

	SignedIn toSignedIn() {
		return new SignedIn(this.username, this.passwordHash, this.enabled, this.displayName, this.role,
				(this.role == Role.ADMINISTRATOR) ? Set.of() : this.groups, this.revision);
	}

}
