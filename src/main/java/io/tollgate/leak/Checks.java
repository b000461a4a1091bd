package io.tollgate.leak;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tollgate.leak.StoredCheck.Outcome;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.proof.LeakReport;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the last leak check of the live rules and of the draft of every PBX. */
@Service
@Transactional
class Checks {

	private static final int REASON_LENGTH = 500;

	private final StoredChecks stored;

	private final PbxRegistry registry;

	private final ApplicationEventPublisher events;

	private final JsonMapper json = JsonMapper.builder().build();

	Checks(StoredChecks stored, PbxRegistry registry, ApplicationEventPublisher events) {
		this.stored = stored;
		this.registry = registry;
		this.events = events;
	}

	/** By PBX. */
	@Transactional(readOnly = true)
	public Map<Long, Checked> all(Rules rules) {
		return this.stored.findByRules(rules)
			.stream()
			.map(this::read)
			.collect(Collectors.toMap(Checked::pbxId, Function.identity()));
	}

	@Transactional(readOnly = true)
	public Optional<Checked> of(long pbxId, Rules rules) {
		return this.stored.findByPbxIdAndRules(pbxId, rules).map(this::read);
	}

	/** Of which rules the stored ones were. */
	@Transactional(readOnly = true)
	public List<CheckHead> heads() {
		return this.stored.heads();
	}

	/**
	 * Keeps a check in place of the one before. A PBX that is gone meanwhile has none.
	 */
	public void store(Checked checked) {
		if (this.registry.find(checked.pbxId()).isEmpty()) {
			return;
		}
		var row = this.stored.findByPbxIdAndRules(checked.pbxId(), checked.rules())
			.orElseGet(() -> new StoredCheck(checked.pbxId(), checked.rules()));
		var report = checked.report();
		if (checked.rules() == Rules.LIVE) {
			tellNew(checked, row.getReport());
		}
		row.become(shortened(checked), outcome(report), (report != null) ? report.leaks().size() : 0,
				(report != null) ? this.json.writeValueAsString(report) : null);
		this.stored.save(row);
	}

	/** Tells of leaks that the check before did not find. */
	private void tellNew(Checked checked, @Nullable String before) {
		var known = keys((before != null) ? this.json.readValue(before, LeakReport.class) : null);
		var found = keys(checked.report());
		found.removeAll(known);
		if (!found.isEmpty()) {
			this.events.publishEvent(new LeaksFound(checked.pbxId(), found.size()));
		}
	}

	private static Set<String> keys(@Nullable LeakReport report) {
		return (report != null)
				? report.leaks().stream().map(LeakCards::key).collect(Collectors.toCollection(HashSet::new))
				: new HashSet<>();
	}

	private static Checked shortened(Checked checked) {
		var reason = checked.reason();
		return (reason.length() <= REASON_LENGTH) ? checked
				: new Checked(checked.pbxId(), checked.rules(), checked.basis(), checked.checksum(), checked.version(),
						checked.at(), checked.took(), checked.validUntil(), checked.report(),
						reason.substring(0, REASON_LENGTH));
	}

	private static Outcome outcome(@Nullable LeakReport report) {
		if (report == null) {
			return Outcome.FAILED;
		}
		return switch (report.result()) {
			case PROVED -> Outcome.PROVED;
			case LEAKS -> Outcome.LEAKS;
			case NOT_PROVED -> Outcome.NOT_PROVED;
		};
	}

	/**
	 * Has checks be done again; what they found stays until then.
	 * @param pbxId the PBX, {@code null} for all that whoever asks sees
	 */
	public void outdate(@Nullable Long pbxId) {
		this.stored.outdate((pbxId != null) ? List.of(pbxId) : this.registry.ids());
	}

	private Checked read(StoredCheck row) {
		var report = row.getReport();
		var reason = row.getReason();
		return new Checked(row.getPbxId(), row.getRules(), row.getBasis(), row.getChecksum(), row.getVersion(),
				row.getCheckedAt(), Duration.ofMillis(row.getMillis()), row.getValidUntil(),
				(report != null) ? this.json.readValue(report, LeakReport.class) : null,
				(reason != null) ? reason : "");
	}

}
