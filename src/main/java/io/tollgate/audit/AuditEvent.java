package io.tollgate.audit;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** One row of the trail. Rows are only ever added. */
@Entity
@NullUnmarked
class AuditEvent {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private Instant at;

	private String actor;

	private @Nullable String address;

	private String action;

	private String objectType;

	private @Nullable String objectId;

	private @Nullable String objectName;

	private @Nullable String beforeText;

	private @Nullable String afterText;

	protected AuditEvent() {
	}

	AuditEvent(Instant at, String actor, @Nullable String address, String action, AuditObject object,
			@Nullable String before, @Nullable String after) {
		this.at = at;
		this.actor = actor;
		this.address = address;
		this.action = action;
		this.objectType = object.type();
		this.objectId = object.id();
		this.objectName = object.name();
		this.beforeText = before;
		this.afterText = after;
	}

	public Long getId() {
		return this.id;
	}

	public Instant getAt() {
		return this.at;
	}

	public String getActor() {
		return this.actor;
	}

	public @Nullable String getAddress() {
		return this.address;
	}

	public String getAction() {
		return this.action;
	}

	public String getObjectType() {
		return this.objectType;
	}

	public @Nullable String getObjectId() {
		return this.objectId;
	}

	public @Nullable String getObjectName() {
		return this.objectName;
	}

	public @Nullable String getBeforeText() {
		return this.beforeText;
	}

	public @Nullable String getAfterText() {
		return this.afterText;
	}

}
