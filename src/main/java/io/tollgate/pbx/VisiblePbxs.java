package io.tollgate.pbx;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import io.tollgate.audit.CurrentActor;
import io.tollgate.audit.VisibleEvents;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which PBXs whoever acts now sees: the one place that decides it. People can be limited
 * to groups of PBXs; what they do not see is not there for them. The portal's own work
 * sees all, so work that goes on after a request must be given its PBXs by the request.
 */
@Component
@Transactional(readOnly = true)
public class VisiblePbxs implements VisibleEvents {

	/** No PBX has it; some queries want at least one. */
	private static final long NONE = -1;

	private final JdbcClient jdbc;

	private final CurrentActor actor;

	VisiblePbxs(JdbcClient jdbc, CurrentActor actor) {
		this.jdbc = jdbc;
		this.actor = actor;
	}

	/** Whether whoever acts is limited to some PBXs, however many these are. */
	@Override
	public boolean limited() {
		return !this.actor.groups().isEmpty();
	}

	/** The groups that a person is limited to. */
	Set<String> groups() {
		return this.actor.groups();
	}

	/**
	 * The PBXs that a limited person sees. Who is not limited sees all: ask
	 * {@link #limited} before.
	 */
	public Set<Long> ids() {
		var groups = this.actor.groups();
		return groups.isEmpty() ? Set.of()
				: this.jdbc.sql("select pbx_id from pbx_upkeep where group_name in (:groups)")
					.param("groups", groups)
					.query(Long.class)
					.set();
	}

	/** The same for a query that wants at least one. */
	public Collection<Long> idsOrNone() {
		var ids = ids();
		return ids.isEmpty() ? List.of(NONE) : ids;
	}

	/** Whether that PBX is seen. */
	public boolean has(long pbxId) {
		return !limited() || ids().contains(pbxId);
	}

	/** Whether all of these are. */
	public boolean hasAll(Collection<Long> pbxIds) {
		return !limited() || ids().containsAll(pbxIds);
	}

	/** Those of these things whose PBX is seen. */
	public <T> List<T> of(Collection<T> things, ToLongFunction<T> pbxId) {
		if (!limited()) {
			return List.copyOf(things);
		}
		var ids = ids();
		return things.stream().filter((thing) -> ids.contains(pbxId.applyAsLong(thing))).toList();
	}

	/**
	 * A condition on a column that holds ids of PBXs. The numbers stand in the text, as
	 * thousands of them are no parameters.
	 */
	@Override
	public String sql(String column) {
		if (!limited()) {
			return "true";
		}
		var ids = ids();
		return ids.isEmpty() ? "false"
				: ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(",", column + " in (", ")"));
	}

	/**
	 * For somebody who names PBXs.
	 * @throws NotThereException when a limited person does not see all of them
	 */
	public void require(Collection<Long> pbxIds) {
		if (!hasAll(pbxIds)) {
			throw new NotThereException();
		}
	}

	/**
	 * For what is about every PBX.
	 * @throws AccessDeniedException when whoever acts is limited to some
	 */
	public void requireUnlimited() {
		if (limited()) {
			throw new AccessDeniedException("limited to some PBXs");
		}
	}

}
