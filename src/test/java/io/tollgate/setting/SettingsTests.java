package io.tollgate.setting;

import io.tollgate.support.TollgateTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@TollgateTest
class SettingsTests {

	@Autowired
	Settings settings;

	@Autowired
	JdbcTemplate jdbc;

	@Test
	void keepsWhatWasChosenAndWritesDownWhatWasBefore() {
		assertThat(this.settings.of("test.colour")).isEmpty();
		assertThat(this.settings.choose("test.colour", "Colour", "red", "red")).isFalse();
		assertThat(this.settings.choose("test.colour", "Colour", "red", "blue")).isTrue();
		assertThat(this.settings.choose("test.colour", "Colour", "red", "blue")).isFalse();
		assertThat(this.settings.choose("test.colour", "Colour", "red", "red")).isTrue();
		assertThat(this.settings.of("test.colour")).hasValue("red");
		assertThat(this.jdbc.queryForList(
				"select before_text || '>' || after_text from audit_event where object_id = 'test.colour' order by id",
				String.class))
			.containsExactly("red>blue", "blue>red");
	}

}
