package io.tollgate.pbx;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MaintenanceWindowTests {

	private static final ZoneId MEXICO = ZoneId.of("America/Mexico_City");

	@Test
	void opensByTheClockOfItsPlace() {
		var window = window(MEXICO, 60, 240, DayOfWeek.SUNDAY);
		assertThat(window.isOpen(Instant.parse("2026-11-22T06:59:59Z"))).isFalse();
		assertThat(window.isOpen(Instant.parse("2026-11-22T07:00:00Z"))).isTrue();
		assertThat(window.isOpen(Instant.parse("2026-11-22T09:59:59Z"))).isTrue();
		assertThat(window.isOpen(Instant.parse("2026-11-22T10:00:00Z"))).isFalse();
		assertThat(window.isOpen(Instant.parse("2026-11-23T08:00:00Z"))).as("Monday").isFalse();
	}

	@Test
	void goesOnAfterMidnight() {
		var window = window(ZoneId.of("UTC"), 22 * 60, 4 * 60, DayOfWeek.SATURDAY);
		assertThat(window.isOpen(Instant.parse("2026-11-21T21:59:00Z"))).isFalse();
		assertThat(window.isOpen(Instant.parse("2026-11-21T22:00:00Z"))).isTrue();
		assertThat(window.isOpen(Instant.parse("2026-11-22T03:59:00Z"))).isTrue();
		assertThat(window.isOpen(Instant.parse("2026-11-22T04:00:00Z"))).isFalse();
		assertThat(window.isOpen(Instant.parse("2026-11-22T23:00:00Z"))).as("Sunday").isFalse();
	}

	@Test
	void aWholeDayEndsWhereItBegan() {
		var window = window(ZoneId.of("UTC"), 0, 0, DayOfWeek.SUNDAY);
		assertThat(window.isOpen(Instant.parse("2026-11-22T00:00:00Z"))).isTrue();
		assertThat(window.isOpen(Instant.parse("2026-11-22T23:59:59Z"))).isTrue();
		assertThat(window.isOpen(Instant.parse("2026-11-23T00:00:00Z"))).isFalse();
	}

	@Test
	void namesItsNextOpening() {
		var window = window(MEXICO, 60, 240, DayOfWeek.SUNDAY, DayOfWeek.WEDNESDAY);
		assertThat(window.nextOpening(Instant.parse("2026-11-22T06:00:00Z"))).isEqualTo("2026-11-22T07:00:00Z");
		assertThat(window.nextOpening(Instant.parse("2026-11-22T07:00:00Z"))).as("open: the one after")
			.isEqualTo("2026-11-25T07:00:00Z");
	}

	/** In Berlin the clocks went from 2 to 3 on that day. */
	@Test
	void opensWhereTheClocksLeaveItsTimeOut() {
		var window = window(ZoneId.of("Europe/Berlin"), 150, 240, DayOfWeek.SUNDAY);
		assertThat(window.nextOpening(Instant.parse("2026-03-28T20:00:00Z"))).isEqualTo("2026-03-29T01:30:00Z");
		assertThat(window.isOpen(Instant.parse("2026-03-29T01:45:00Z"))).isTrue();
		assertThat(window.isOpen(Instant.parse("2026-03-29T02:00:00Z"))).isFalse();
	}

	@Test
	void hasADay() {
		assertThatIllegalArgumentException().isThrownBy(() -> window(MEXICO, 0, 1));
	}

	private static MaintenanceWindow window(ZoneId zone, int from, int to, DayOfWeek... days) {
		return new MaintenanceWindow(new TreeSet<>(Set.of(days)), from, to, zone);
	}

}
