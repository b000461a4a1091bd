package io.tollgate.announcement;

import java.util.Arrays;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** An announcement as it is stored. */
@Entity
@Table(name = "announcement")
@NullUnmarked
class StoredAnnouncement {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	@Column
	private String announcementKey;

	private String name;

	private String sounds;

	private boolean answers;

	private String code;

	protected StoredAnnouncement() {
	}

	StoredAnnouncement(String key, Announcement announcement) {
		this.announcementKey = key;
		become(announcement);
	}

	String key() {
		return this.announcementKey;
	}

	Announcement announcement() {
		return new Announcement(this.name,
				Arrays.stream(this.sounds.split(" ")).filter((sound) -> !sound.isEmpty()).toList(), this.answers,
				(this.code != null) ? this.code : "");
	}

	/** Without a code it has null, for many may have none. */
	final void become(Announcement announcement) {
		this.name = announcement.name();
		this.sounds = String.join(" ", announcement.sounds());
		this.answers = announcement.answer();
		this.code = announcement.code().isEmpty() ? null : announcement.code();
	}

}
