package io.tollgate.apply;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.tollgate.apply.Rollout.First;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RolloutTests {

	private static final List<Long> TWENTY = LongStream.rangeClosed(1, 20).boxed().toList();

	@Test
	void atOnceHasOneWave() {
		assertThat(Rollout.AT_ONCE.waves(TWENTY, Map.of()).values()).containsOnly(0);
	}

	@Test
	void goesInSteps() {
		var waves = staged(new First.Steps()).waves(TWENTY, Map.of());
		assertThat(waves.values()).containsExactly(0, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
	}

	/** Of three PBXs none is a tenth: no wave is empty. */
	@Test
	void leavesNoWaveEmpty() {
		assertThat(staged(new First.Steps()).waves(List.of(1L, 2L, 3L), Map.of()).values()).containsExactly(0, 1, 2);
		assertThat(staged(new First.Group("nobody")).waves(TWENTY, Map.of()).values()).containsOnly(0);
		assertThat(staged(new First.Some(1)).waves(List.of(7L), Map.of()).values()).containsExactly(0);
	}

	@Test
	void beginsWithAGroupOrAPbx() {
		var groups = Map.of(3L, "Mexico", 4L, "Mexico", 5L, "Texas");
		assertThat(staged(new First.Group("Mexico")).waves(List.of(3L, 4L, 5L, 6L), groups).values()).containsExactly(0,
				0, 1, 1);
		assertThat(staged(new First.One(5)).waves(List.of(3L, 5L), groups).values()).containsExactly(1, 0);
	}

	@Test
	void knowsWhetherAnyOfThemComesFirst() {
		var groups = Map.of(3L, "Mexico", 5L, "Texas");
		assertThat(staged(new First.Group("Mexico")).hasFirst(List.of(3L, 6L), groups)).isTrue();
		assertThat(staged(new First.Group("Mexico")).hasFirst(List.of(5L, 6L), groups)).isFalse();
		assertThat(staged(new First.One(5)).hasFirst(List.of(3L), groups)).isFalse();
		assertThat(staged(new First.Steps()).hasFirst(TWENTY, groups)).isTrue();
		assertThat(Rollout.AT_ONCE.hasFirst(List.of(6L), groups)).isTrue();
	}

	@Test
	void readsWhatWasChosen() {
		assertThat(new RolloutForm("group:Mexico plants", " 90 ", "5", true).toRollout())
			.contains(new Rollout(new First.Group("Mexico plants"), Duration.ofMinutes(90), 5, true));
		assertThat(new RolloutForm(null, null, null, null).toRollout()).contains(Rollout.AT_ONCE);
		assertThat(new RolloutForm("all", "5", "0", false).toRollout()).as("nothing to rest between")
			.contains(Rollout.AT_ONCE);
	}

	@ParameterizedTest
	@CsvSource({ "pbx:, 5, 0", "group:, 5, 0", "somewhere, 5, 0", "one, soon, 0", "one, 10081, 0", "one, 5, 101",
			"one, -1, 0" })
	void refusesWhatMeansNothing(String first, String pause, String failures) {
		assertThat(new RolloutForm(first, pause, failures, null).toRollout()).isEmpty();
	}

	private static Rollout staged(First first) {
		return new Rollout(first, Duration.ZERO, 0, false);
	}

}
