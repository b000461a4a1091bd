package io.tollgate.announcement;

import java.util.function.Supplier;

import io.tollgate.api.IfMatch;
import io.tollgate.pbx.NotThereException;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes to an announcement by those who say what they saw of it. */
@Component
class SeenAnnouncements {

	private final Announcements announcements;

	private final StoredAnnouncements stored;

	SeenAnnouncements(Announcements announcements, StoredAnnouncements stored) {
		this.announcements = announcements;
		this.stored = stored;
	}

	/**
	 * Does it unless somebody else changed the announcement meanwhile; nobody can until
	 * it is done.
	 */
	@Transactional
	public AnnouncementAnswer change(String key, IfMatch match, Supplier<AnnouncementAnswer> change) {
		// before it is read: what was read is not read again
		var row = this.stored.lock(key).orElseThrow(NotThereException::new);
		if (this.announcements.find(key).isEmpty()) {
			throw new NotThereException();
		}
		match.require(row.announcement().fingerprint());
		return change.get();
	}

}
