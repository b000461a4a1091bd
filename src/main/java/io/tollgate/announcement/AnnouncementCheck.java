package io.tollgate.announcement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import io.tollgate.announcement.AnnouncementAnswer.Refusal;

/**
 * What an announcement may be. Its sounds and its code go into a dialplan, so this is
 * also the gate that keeps everything else out of it.
 */
final class AnnouncementCheck {

	private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,63}");

	private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_/-]{0,79}");

	private static final Pattern CODE = Pattern.compile("(\\*[0-9]{2,5})?");

	/** What one step of a dialplan plays, with what divides the names. */
	private static final int SOUNDS_LENGTH = 700;

	private AnnouncementCheck() {
	}

	static Announcement clean(Announcement announcement) {
		return new Announcement(announcement.name().strip(), announcement.sounds(), announcement.answer(),
				announcement.code().replaceAll("\\s", ""));
	}

	/** What stands against it; at most one for each of its parts. */
	static List<Refusal> refusals(Announcement announcement, Collection<Announcement> others) {
		var refusals = new ArrayList<Refusal>();
		if (!NAME.matcher(announcement.name()).matches()) {
			refusals.add(new Refusal.NoName());
		}
		else if (others.stream().anyMatch((other) -> other.name().equalsIgnoreCase(announcement.name()))) {
			refusals.add(new Refusal.NameTaken(announcement.name()));
		}
		if (announcement.sounds().isEmpty()) {
			refusals.add(new Refusal.NoSounds());
		}
		announcement.sounds()
			.stream()
			.filter((sound) -> !SOUND.matcher(sound).matches())
			.findFirst()
			.ifPresent((sound) -> refusals.add(new Refusal.NoSuchSound(sound)));
		if (String.join("&", announcement.sounds()).length() > SOUNDS_LENGTH) {
			refusals.add(new Refusal.TooManySounds());
		}
		if (!CODE.matcher(announcement.code()).matches()) {
			refusals.add(new Refusal.NoCode(announcement.code()));
		}
		others.stream()
			.filter((other) -> !other.code().isEmpty() && other.code().equals(announcement.code()))
			.findFirst()
			.ifPresent((other) -> refusals.add(new Refusal.CodeTaken(other.code(), other.name())));
		return refusals;
	}

}
