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
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "api_token")
@NullUnmarked
class StoredApiToken {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	@ManyToOne
	@JoinColumn(name = "account_id")
	private StoredAccount account;

	private String publicId;

	private String secretHash;

	private String name;

	private Instant createdAt;

	private Instant expiresAt;

	private Instant revokedAt;

	/** Written by {@link ApiTokens}, at most once a minute. */
	@Column(insertable = false, updatable = false)
	private Instant lastUsedAt;

	@Column(insertable = false, updatable = false)
	private String lastAddress;

	@ElementCollection(fetch = FetchType.EAGER)
	@CollectionTable(name = "api_token_scope", joinColumns = @JoinColumn(name = "token_id"))
	@Column(name = "scope")
	@Enumerated(EnumType.STRING)
	private Set<ApiScope> scopes = new HashSet<>();

	@ElementCollection(fetch = FetchType.EAGER)
	@CollectionTable(name = "api_token_group", joinColumns = @JoinColumn(name = "token_id"))
	@Column(name = "group_name")
	private Set<String> groups = new HashSet<>();

	protected StoredApiToken() {
	}

	StoredApiToken(StoredAccount account, ApiSecret secret, NewApiToken wanted, Instant createdAt, Instant expiresAt) {
		this.account = account;
		this.publicId = secret.id();
		this.secretHash = secret.hash();
		this.name = wanted.name();
		this.scopes.addAll(wanted.scopes());
		this.groups.addAll(wanted.groups());
		this.createdAt = createdAt;
		this.expiresAt = expiresAt;
	}

	ApiToken toToken() {
		return new ApiToken(this.id, this.publicId, this.name, new TreeSet<>(this.scopes), new TreeSet<>(this.groups),
				this.account.toAccount(), this.createdAt, this.expiresAt, this.revokedAt, this.lastUsedAt,
				this.lastAddress);
	}

	String getSecretHash() {
		return this.secretHash;
	}

	void revoke(Instant at) {
		this.revokedAt = at;
	}

}
