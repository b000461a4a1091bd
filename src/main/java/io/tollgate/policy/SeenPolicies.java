package io.tollgate.policy;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.tollgate.api.IfMatch;
import io.tollgate.pbx.NotThereException;
import io.tollgate.policy.StoredPolicies.Head;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Policies as scripts read and change them: with the revision that they saw. */
@Component
class SeenPolicies {

	private final Policies policies;

	private final StoredPolicies stored;

	private final PolicyScope scope;

	SeenPolicies(Policies policies, StoredPolicies stored, PolicyScope scope) {
		this.policies = policies;
		this.stored = stored;
		this.scope = scope;
	}

	/** All that are seen, each at a revision that is rather too old than too new. */
	@Transactional(readOnly = true)
	public List<Seen> all() {
		var revisions = this.stored.heads().stream().collect(Collectors.toMap(Head::getId, Head::getRevision));
		return this.policies.all()
			.stream()
			// one that was made meanwhile is in the next answer
			.filter((rules) -> revisions.containsKey(rules.id()))
			.map((rules) -> new Seen(rules, Objects.requireNonNull(revisions.get(rules.id()))))
			.toList();
	}

	/**
	 * The policy and its revision, which is rather too old than too new.
	 * @throws NotThereException without such a policy
	 */
	@Transactional(readOnly = true)
	public Seen find(long id) {
		var revision = this.stored.head(id).orElseThrow(NotThereException::new).getRevision();
		return new Seen(this.policies.find(id).orElseThrow(NotThereException::new), revision);
	}

	/**
	 * Does all of that work or, when it throws, nothing, while nobody else can change the
	 * policy.
	 * @return what it is then
	 */
	@Transactional
	public Seen change(long id, IfMatch seen, Work work) {
		this.scope.requireEditable(id);
		var policy = this.stored.lock(id).orElseThrow(NotThereException::new);
		seen.require(policy.revision());
		work.on(policy.rules());
		return new Seen(policy.rules(), policy.revision());
	}

	/**
	 * The same while nobody else can change any policy, for what concerns them among each
	 * other.
	 */
	@Transactional
	public Seen changeAlone(long id, IfMatch seen, Work work) {
		this.scope.requireEditable(id);
		// all before one, as everywhere, or two would wait for each other
		this.stored.lockAll();
		return change(id, seen, work);
	}

	/** Deletes it, as it was seen. */
	@Transactional
	public PolicyChange delete(long id, IfMatch seen) {
		if (!this.scope.sees(id)) {
			throw new NotThereException();
		}
		this.scope.requireUnlimited();
		seen.require(this.stored.lockAll()
			.stream()
			.filter((policy) -> policy.id().equals(id))
			.findFirst()
			.orElseThrow(NotThereException::new)
			.revision());
		return this.policies.delete(id);
	}

	/** What is to be done. */
	interface Work {

		void on(PolicyRules rules);

	}

	/** A policy at a revision. */
	record Seen(PolicyRules rules, long revision) {
	}

}
