package io.tollgate.setting;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "setting")
@NullUnmarked
class StoredSetting {

	@Id
	private String name;

	private String chosen;

	protected StoredSetting() {
	}

	StoredSetting(String name, String chosen) {
		this.name = name;
		this.chosen = chosen;
	}

	String chosen() {
		return this.chosen;
	}

	void choose(String value) {
		this.chosen = value;
	}

}
