package io.tollgate.approval;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

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
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "approval_request")
@NullUnmarked
class StoredRequest {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private String kind;

	private Instant askedAt;

	private String askedBy;

	private String account;

	private String reason;

	private String subject;

	private String words;

	private String content;

	private boolean administrator;

	@ElementCollection(fetch = FetchType.EAGER)
	@CollectionTable(name = "approval_pbx", joinColumns = @JoinColumn(name = "request_id"))
	@Column(name = "pbx_id")
	@BatchSize(size = 100)
	private Set<Long> pbxs = new LinkedHashSet<>();

	@Enumerated(EnumType.STRING)
	private @Nullable Decision decision;

	private @Nullable Instant decidedAt;

	private @Nullable String decidedBy;

	private @Nullable String remark;

	private @Nullable String result;

	protected StoredRequest() {
	}

	StoredRequest(Wish wish, CurrentActor asker, Instant now) {
		this.kind = wish.kind();
		this.askedAt = now;
		this.askedBy = asker.name();
		this.account = asker.account();
		this.reason = wish.reason();
		this.subject = wish.subject();
		this.words = String.join("\n", wish.words());
		this.content = wish.content();
		this.administrator = wish.administrator();
		this.pbxs.addAll(wish.pbxs());
	}

	Request toRequest() {
		return new Request(this.id, this.kind, this.askedAt, this.askedBy, this.account, this.reason, this.subject,
				this.words.lines().toList(), this.content, this.administrator, this.pbxs);
	}

	@Nullable Decision decision() {
		return this.decision;
	}

	@Nullable Instant decidedAt() {
		return this.decidedAt;
	}

	@Nullable String decidedBy() {
		return this.decidedBy;
	}

	@Nullable String remark() {
		return this.remark;
	}

	@Nullable String result() {
		return this.result;
	}

}
