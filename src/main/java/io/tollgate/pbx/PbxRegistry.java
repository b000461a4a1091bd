package io.tollgate.pbx;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.pbx.PbxConflictException.Conflict;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The PBXs of the fleet. Whoever asks finds those that they see, see {@link VisiblePbxs}.
 * Changes are audited; a secret leaves here only to sign in to the PBX it belongs to.
 */
@Service
@Transactional
public class PbxRegistry {

	private static final int SOFTWARE_LENGTH = 80;

	private static final int ERROR_LENGTH = 500;

	private final PbxRows rows;

	private final VisiblePbxs visible;

	private final Credentials credentials;

	private final SecretUses uses;

	private final AuditTrail audit;

	private final ObjectProvider<PolicyNames> policyNames;

	private final ApplicationEventPublisher events;

	private final JdbcOperations jdbc;

	private final Clock clock;

	PbxRegistry(PbxRows rows, VisiblePbxs visible, Credentials credentials, SecretUses uses, AuditTrail audit,
			ObjectProvider<PolicyNames> policyNames, ApplicationEventPublisher events, JdbcOperations jdbc,
			Clock clock) {
		this.rows = rows;
		this.visible = visible;
		this.credentials = credentials;
		this.uses = uses;
		this.audit = audit;
		this.policyNames = policyNames;
		this.events = events;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** All PBXs, by name. */
	@Transactional(readOnly = true)
	public List<Pbx> all() {
		return seen(this.rows.findAllByOrderByName());
	}

	private List<Pbx> seen(List<PbxRow> found) {
		return this.visible.of(found, PbxRow::getId).stream().map(PbxRow::toPbx).toList();
	}

	/** Which there are. */
	@Transactional(readOnly = true)
	public List<Long> ids() {
		return this.visible.of(this.rows.ids(), Long::longValue);
	}

	/** Those of them that there are, by name. */
	@Transactional(readOnly = true)
	public List<Pbx> find(Collection<Long> ids) {
		return ids.isEmpty() ? List.of() : seen(this.rows.findByIdInOrderByName(ids));
	}

	@Transactional(readOnly = true)
	public Optional<Pbx> find(long id) {
		return this.rows.findById(id).filter((row) -> this.visible.has(id)).map(PbxRow::toPbx);
	}

	/** The PBXs that obey a policy, by name. */
	@Transactional(readOnly = true)
	public List<Pbx> ofPolicy(long policyId) {
		return seen(this.rows.findByPolicyIdOrderByName(policyId));
	}

	/**
	 * The names of all PBXs by id, in their order, also of those that whoever asks does
	 * not see: to decide by, not to show.
	 */
	@Transactional(readOnly = true)
	public Map<Long, String> everyName() {
		var names = new LinkedHashMap<Long, String>();
		this.rows.findAllByOrderByName().forEach((row) -> names.put(row.getId(), row.getName()));
		return names;
	}

	/**
	 * Which PBXs obey a policy, also those that whoever asks does not see: to decide by.
	 */
	@Transactional(readOnly = true)
	public Set<Long> servedBy(long policyId) {
		return this.rows.findByPolicyIdOrderByName(policyId)
			.stream()
			.map(PbxRow::getId)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * What stands against having a PBX by that connection.
	 * @param id the PBX that shall get it, {@code null} for a new one
	 */
	@Transactional(readOnly = true)
	public Set<Conflict> conflicts(PbxConnection connection, @Nullable Long id) {
		var conflicts = EnumSet.noneOf(Conflict.class);
		if (taken(this.rows.findByNameIgnoreCase(connection.name()), id)) {
			conflicts.add(Conflict.NAME_TAKEN);
		}
		if (taken(this.rows.findByAddress(PbxRow.address(connection)), id)) {
			conflicts.add(Conflict.ADDRESS_TAKEN);
		}
		return conflicts;
	}

	private static boolean taken(Optional<PbxRow> by, @Nullable Long id) {
		return by.isPresent() && (id == null || by.get().getId() != id);
	}

	/**
	 * Adds a PBX.
	 * @throws PbxConflictException when its name or address is taken
	 * @throws io.tollgate.keys.SealedException when its secret cannot be locked
	 */
	public Pbx add(NewPbx pbx, String secret) {
		refuse(pbx.simulated() ? nameConflict(pbx.connection()) : conflicts(pbx.connection(), null));
		// the row first: the secret is locked to the row it stands in
		var row = this.rows.saveAndFlush(new PbxRow(pbx, Instant.now(this.clock)));
		row.setSecret(this.credentials.lock(row.getId(), secret));
		this.rows.saveAndFlush(row);
		this.audit.record("pbx.connected", object(row), null,
				words(pbx.connection()) + ", policy " + policyName(pbx.policyId()));
		return row.toPbx();
	}

	private Set<Conflict> nameConflict(PbxConnection connection) {
		var conflicts = conflicts(connection, null);
		conflicts.remove(Conflict.ADDRESS_TAKEN);
		return conflicts;
	}

	/**
	 * Changes the name of a PBX or how it is reached.
	 * @param secret a new secret, {@code null} to keep the stored one
	 * @throws PbxConflictException when the name or address is taken, or when the
	 * connection leads to another machine and no secret is given
	 * @throws io.tollgate.keys.SealedException when the new secret cannot be locked
	 */
	public Pbx change(long id, PbxConnection connection, @Nullable String secret) {
		var row = row(id);
		var before = row.toPbx();
		boolean sameMachine = before.connection().sameMachine(connection);
		var conflicts = conflicts(connection, id);
		if (before.simulated()) {
			conflicts.remove(Conflict.ADDRESS_TAKEN);
		}
		if (!sameMachine && secret == null) {
			conflicts.add(Conflict.SECRET_NEEDED);
		}
		refuse(conflicts);
		if (connection.equals(before.connection()) && secret == null) {
			return before;
		}
		row.reachBy(connection);
		if (!sameMachine) {
			row.forget();
		}
		if (secret != null) {
			row.setSecret(this.credentials.lock(id, secret));
		}
		this.rows.flush();
		this.rows.touch(id);
		this.audit.record("pbx.changed", object(row), before.name() + ": " + words(before.connection()),
				connection.name() + ": " + words(connection) + ((secret != null) ? ", new secret" : ""));
		return row.toPbx();
	}

	/** Takes a PBX out of the fleet. The PBX itself is not touched. */
	public void remove(long id) {
		var row = row(id);
		this.audit.record("pbx.removed", object(row), words(row.toPbx().connection()), null);
		this.rows.delete(row);
		this.rows.flush();
	}

	/** Has a PBX obey another policy from the next apply on. */
	public void assignPolicy(long id, long policyId) {
		var row = row(id);
		if (row.getPolicyId() == policyId) {
			return;
		}
		var before = policyName(row.getPolicyId());
		row.setPolicyId(policyId);
		this.rows.flush();
		this.rows.touch(id);
		this.audit.record("pbx.policy.assigned", object(row), before, policyName(policyId));
	}

	/**
	 * The secret of the manager account, to sign in to the PBX and for nothing else. The
	 * trail says who used it. Not in a transaction of its own: each PBX would hold a
	 * connection while that is written.
	 * @throws io.tollgate.keys.SealedException when it cannot be unlocked
	 */
	@Transactional(propagation = Propagation.SUPPORTS)
	public String secret(long id) {
		var row = row(id);
		this.uses.unlocks(id, row.getName());
		return this.credentials.unlock(id, row.getSecret());
	}

	/** Another text each time that a secret is stored; it tells nothing of the secret. */
	@Transactional(readOnly = true)
	public String secretMark(long id) {
		return HexFormat.of().formatHex(row(id).getSecret());
	}

	/**
	 * Notes that something changed that would be compiled for that PBX. Belongs in the
	 * transaction of the change.
	 */
	public void touch(long id) {
		this.rows.touch(id);
	}

	/**
	 * The same for several PBXs, always in the same order, so that none waits in a
	 * circle.
	 */
	public void touch(SortedSet<Long> ids) {
		ids.forEach(this.rows::touch);
	}

	/**
	 * Has others who change something of that PBX wait until the transaction ends. To be
	 * called before anything of it is read that is to be changed, so that nothing is
	 * decided by what somebody else changes meanwhile. Policies are locked before PBXs,
	 * what belongs to a PBX after it.
	 */
	public void hold(long id) {
		this.rows.hold(id);
	}

	/** The same for several PBXs, always in the same order. */
	public void hold(SortedSet<Long> ids) {
		// of one statement for all, PostgreSQL does not say in which order it locks
		this.jdbc.batchUpdate("update pbx set revision = revision where id = ?",
				ids.stream().map((id) -> new Object[] { id }).toList());
	}

	/** Notes for every PBX that something changed that is the company's. */
	public void touchAll() {
		this.rows.touchAll();
	}

	/** Notes that a PBX answered. */
	public void contacted(long id, String software, GuardStatus guard) {
		this.rows.findById(id).ifPresent((row) -> {
			if (Boolean.FALSE.equals(row.getReachable())) {
				this.events.publishEvent(new PbxAnswersAgain(id, row.getName()));
			}
			row.answered(plain(software, SOFTWARE_LENGTH), guard, Instant.now(this.clock));
		});
	}

	/**
	 * Notes that a PBX did not answer.
	 * @param message why, for people
	 */
	public void unreachable(long id, String message) {
		this.rows.findById(id).ifPresent((row) -> {
			var why = plain(message, ERROR_LENGTH);
			if (!Boolean.FALSE.equals(row.getReachable())) {
				this.events.publishEvent(new PbxUnreachable(id, row.getName(), why));
			}
			row.unreachable(why);
		});
	}

	private PbxRow row(long id) {
		return this.rows.findById(id).filter((row) -> this.visible.has(id)).orElseThrow(NotThereException::new);
	}

	private static void refuse(Set<Conflict> conflicts) {
		if (!conflicts.isEmpty()) {
			throw new PbxConflictException(conflicts);
		}
	}

	private static AuditObject object(PbxRow row) {
		return AuditObject.of("pbx", row.getId(), row.getName());
	}

	private static String words(PbxConnection connection) {
		return connection.amiUser() + " at " + connection.host() + ":" + connection.port()
				+ (connection.tls() ? " with TLS" : " without TLS")
				+ ((connection.fingerprint() != null) ? ", certificate " + connection.fingerprint() : "");
	}

	private String policyName(long policyId) {
		var names = this.policyNames.getIfAvailable();
		return (names != null) ? names.name(policyId) : "number " + policyId;
	}

	/**
	 * What a PBX says is hostile: no control characters, and no longer than the column.
	 */
	private static String plain(String text, int length) {
		var plain = text.replaceAll("\\p{Cntrl}", " ").strip();
		return (plain.length() > length) ? plain.substring(0, length) : plain;
	}

}
