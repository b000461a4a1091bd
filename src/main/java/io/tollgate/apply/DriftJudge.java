package io.tollgate.apply;

import java.util.List;
import java.util.function.Function;

import io.tollgate.connector.DesiredConfig;
import io.tollgate.connector.Drift;
import org.springframework.stereotype.Component;

/** Tells what a hand has changed on a PBX from what is only older. */
@Component
class DriftJudge {

	private final Generations generations;

	private final Snapshots snapshots;

	DriftJudge(Generations generations, Snapshots snapshots) {
		this.generations = generations;
		this.snapshots = snapshots;
	}

	/**
	 * Judges.
	 * @param found how the PBX differs from what was applied last
	 * @param beside tells how it differs from anything else
	 */
	Drifts judge(long pbxId, List<Drift> found, Function<DesiredConfig, List<Drift>> beside) {
		return new Drifts(found, found.stream().filter((drift) -> switch (drift.kind()) {
			case RULES -> true;
			// the guard is ours alone, and no apply changes a phone
			case GUARD, ENDPOINT -> false;
			case GENERATION -> drift.found() != null && !isOlder(pbxId, drift.found(), beside);
		}).toList());
	}

	/** Whether it is what this portal has applied there under that number. */
	private boolean isOlder(long pbxId, String number, Function<DesiredConfig, List<Drift>> beside) {
		return number.matches("[0-9]{1,9}") && this.generations
			.findFirstByPbxIdAndNumberOrderByIdDesc(pbxId, Integer.parseInt(number))
			.filter((older) -> this.snapshots.compile(this.snapshots.enforced(older)) instanceof Compiled.Ready ready
					&& beside.apply(ready.config()).stream().noneMatch(DriftJudge::isOfRules))
			.isPresent();
	}

	private static boolean isOfRules(Drift drift) {
		return drift.kind() == Drift.Kind.RULES || drift.kind() == Drift.Kind.GENERATION;
	}

}
