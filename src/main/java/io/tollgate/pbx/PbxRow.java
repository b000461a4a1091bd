package io.tollgate.pbx;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.NullUnmarked;

/**
 * A PBX. Only changed columns are written: what a contact reports and what a person edits
 * happen at the same time.
 */
@Entity
@Table(name = "pbx")
@DynamicUpdate
@NullUnmarked
class PbxRow {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private String name;

	private boolean simulated;

	private String host;

	private int port;

	@Column
	private String address;

	private boolean tls;

	private String tlsFingerprint;

	private String amiUser;

	private byte[] secret = new byte[0];

	private long policyId;

	private String software;

	private Boolean reachable;

	private Instant lastContactAt;

	private String lastError;

	@Enumerated(EnumType.STRING)
	private GuardStatus guardState = GuardStatus.UNKNOWN;

	@Column
	private Instant createdAt;

	@Column(updatable = false)
	private long revision;

	protected PbxRow() {
	}

	PbxRow(NewPbx pbx, Instant now) {
		this.simulated = pbx.simulated();
		this.policyId = pbx.policyId();
		this.createdAt = now;
		reachBy(pbx.connection());
	}

	final void reachBy(PbxConnection connection) {
		this.name = connection.name();
		this.host = connection.host();
		this.port = connection.port();
		this.tls = connection.tls();
		this.tlsFingerprint = connection.fingerprint();
		this.amiUser = connection.amiUser();
		// a simulated PBX gets another port at every start and may meet a port that
		// another one left
		this.address = this.simulated ? null : address(connection);
	}

	static String address(PbxConnection connection) {
		return connection.host() + ":" + connection.port();
	}

	void answered(String said, GuardStatus guard, Instant now) {
		this.software = said;
		this.guardState = guard;
		this.reachable = true;
		this.lastContactAt = now;
		this.lastError = null;
	}

	void unreachable(String why) {
		this.reachable = false;
		this.lastError = why;
	}

	/** What was known of the machine at the old address says nothing of the new one. */
	void forget() {
		this.software = null;
		this.guardState = GuardStatus.UNKNOWN;
		this.reachable = null;
		this.lastError = null;
	}

	Pbx toPbx() {
		return new Pbx(this.id, this.name, this.simulated, this.host, this.port, this.tls, this.tlsFingerprint,
				this.amiUser, this.policyId, this.software, this.reachable, this.lastContactAt, this.lastError,
				this.guardState, this.revision);
	}

	long getId() {
		return this.id;
	}

	Boolean getReachable() {
		return this.reachable;
	}

	String getName() {
		return this.name;
	}

	byte[] getSecret() {
		return this.secret.clone();
	}

	void setSecret(byte[] secret) {
		this.secret = secret.clone();
	}

	long getPolicyId() {
		return this.policyId;
	}

	void setPolicyId(long policyId) {
		this.policyId = policyId;
	}

}
