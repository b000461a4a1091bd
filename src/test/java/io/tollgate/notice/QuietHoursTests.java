package io.tollgate.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Quiet hours go by the clock on the wall, also on the days when that is changed. */
class QuietHoursTests {

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	private final QuietHours night = new QuietHours(22 * 60, 7 * 60, BERLIN);

	@Test
	void theyGoOverMidnight() {
		assertThat(this.night.hold(Instant.parse("2027-01-10T20:59:59Z"))).isFalse();
		assertThat(this.night.hold(Instant.parse("2027-01-10T21:00:00Z"))).isTrue();
		assertThat(this.night.hold(Instant.parse("2027-01-11T05:59:59Z"))).isTrue();
		assertThat(this.night.hold(Instant.parse("2027-01-11T06:00:00Z"))).isFalse();
		var lunch = new QuietHours(12 * 60, 13 * 60, BERLIN);
		assertThat(lunch.hold(Instant.parse("2027-01-10T11:30:00Z"))).isTrue();
		assertThat(lunch.hold(Instant.parse("2027-01-10T12:00:00Z"))).isFalse();
	}

	/** In March the night is an hour shorter, in October an hour longer. */
	@Test
	void theyEndBySevenWhenTheClocksChange() {
		assertThat(quietMinutes("2027-03-27T12:00:00Z")).isEqualTo(8 * 60);
		assertThat(quietMinutes("2027-10-30T12:00:00Z")).isEqualTo(10 * 60);
		assertThat(quietMinutes("2027-06-10T12:00:00Z")).isEqualTo(9 * 60);
		assertThat(this.night.hold(Instant.parse("2027-03-28T04:59:59Z"))).isTrue();
		assertThat(this.night.hold(Instant.parse("2027-03-28T05:00:00Z"))).isFalse();
	}

	private long quietMinutes(String noon) {
		var start = Instant.parse(noon);
		return java.util.stream.LongStream.range(0, Duration.ofDays(1).toMinutes())
			.filter((minute) -> this.night.hold(start.plus(Duration.ofMinutes(minute))))
			.count();
	}

}
