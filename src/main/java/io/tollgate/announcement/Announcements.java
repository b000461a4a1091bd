package io.tollgate.announcement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tollgate.announcement.AnnouncementAnswer.Changed;
import io.tollgate.announcement.AnnouncementAnswer.Gone;
import io.tollgate.announcement.AnnouncementAnswer.InUse;
import io.tollgate.announcement.AnnouncementAnswer.Unchanged;
import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.StableKey;
import io.tollgate.pbx.VisiblePbxs;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The announcements of the company, for the routes of all PBXs. Routes name them by a key
 * that never changes. Every change raises the revision of all PBXs and leaves one audit
 * event.
 */
@Service
@Transactional
public class Announcements {

	/** Key of the one that is there from the beginning: "number unavailable". */
	public static final String UNAVAILABLE = "unavail";

	private static final int LONGEST_NAME = 63;

	private final StoredAnnouncements stored;

	private final ObjectProvider<AnnouncementUse> use;

	private final PbxRegistry pbxs;

	private final VisiblePbxs visible;

	private final AuditTrail trail;

	Announcements(StoredAnnouncements stored, ObjectProvider<AnnouncementUse> use, PbxRegistry pbxs,
			VisiblePbxs visible, AuditTrail trail) {
		this.stored = stored;
		this.use = use;
		this.pbxs = pbxs;
		this.visible = visible;
		this.trail = trail;
	}

	/** All of them by key. */
	@Transactional(readOnly = true)
	public SortedMap<String, Announcement> all() {
		var all = new TreeMap<String, Announcement>();
		this.stored.findAll().forEach((row) -> all.put(row.key(), row.announcement()));
		return all;
	}

	/**
	 * The same without those that only routes of PBXs play that whoever asks does not
	 * see. One that no route plays is anybody's, and one with a code is heard on every
	 * PBX.
	 */
	@Transactional(readOnly = true)
	public SortedMap<String, Announcement> seen() {
		var seen = new TreeMap<>(all());
		if (this.visible.limited()) {
			var hidden = new TreeSet<>(everyUse().keySet());
			hidden.removeAll(uses().keySet());
			seen.entrySet().removeIf((each) -> hidden.contains(each.getKey()) && each.getValue().code().isEmpty());
		}
		return seen;
	}

	/** Those in the order of their names. */
	@Transactional(readOnly = true)
	public Map<String, Announcement> byName() {
		var sorted = new LinkedHashMap<String, Announcement>();
		seen().entrySet()
			.stream()
			.sorted(Comparator.comparing((entry) -> entry.getValue().name(), String.CASE_INSENSITIVE_ORDER))
			.forEach((entry) -> sorted.put(entry.getKey(), entry.getValue()));
		return sorted;
	}

	@Transactional(readOnly = true)
	public Optional<Announcement> find(String key) {
		return Optional.ofNullable(seen().get(key));
	}

	/** Whether an announcement is nobody else's: whoever asks sees all that play it. */
	@Transactional(readOnly = true)
	public boolean isWhole(String key) {
		return !this.visible.limited() || find(key).filter((one) -> one.code().isEmpty()).isPresent() && this.visible
			.hasAll(everyUse().getOrDefault(key, List.of()).stream().map(AnnouncementUse.Use::pbxId).toList());
	}

	/** Whether whoever asks may give one a code, which is heard on every PBX. */
	public boolean mayCode() {
		return !this.visible.limited();
	}

	/** For a change of one: it is seen, and changes for nobody else. */
	private void requireEditable(String key) {
		if (find(key).isEmpty() && this.visible.limited()) {
			throw new NotThereException();
		}
		if (!isWhole(key)) {
			throw new AccessDeniedException("other PBXs play it, too");
		}
	}

	/** The routes that play them, by key, on PBXs that are seen. */
	@Transactional(readOnly = true)
	public Map<String, List<AnnouncementUse.Use>> uses() {
		var uses = new TreeMap<String, List<AnnouncementUse.Use>>();
		everyUse().forEach((key, all) -> {
			var seen = this.visible.of(all, AnnouncementUse.Use::pbxId);
			if (!seen.isEmpty()) {
				uses.put(key, seen);
			}
		});
		return uses;
	}

	/** The same of all; those that no route plays are missing. */
	private Map<String, List<AnnouncementUse.Use>> everyUse() {
		var uses = this.use.getIfAvailable();
		return (uses != null) ? uses.uses() : Map.of();
	}

	/** Adds one under a new key. */
	public AnnouncementAnswer add(Announcement announcement) {
		var clean = AnnouncementCheck.clean(announcement);
		if (!clean.code().isEmpty()) {
			this.visible.requireUnlimited();
		}
		var refusals = AnnouncementCheck.refusals(clean, all().values());
		if (!refusals.isEmpty()) {
			return new AnnouncementAnswer.Refused(refusals);
		}
		var key = StableKey.make();
		this.stored.saveAndFlush(new StoredAnnouncement(key, clean));
		note("announcement.added", key, clean.name(), null, words(clean));
		return new Changed(key);
	}

	/** Changes one, for all routes that play it. */
	public AnnouncementAnswer change(String key, Announcement announcement) {
		requireEditable(key);
		var row = this.stored.findByAnnouncementKey(key).orElse(null);
		if (row == null) {
			return new Gone();
		}
		var clean = AnnouncementCheck.clean(announcement);
		if (!clean.code().isEmpty()) {
			this.visible.requireUnlimited();
		}
		var before = row.announcement();
		if (before.equals(clean)) {
			return new Unchanged();
		}
		var others = all();
		others.remove(key);
		var refusals = AnnouncementCheck.refusals(clean, others.values());
		if (!refusals.isEmpty()) {
			return new AnnouncementAnswer.Refused(refusals);
		}
		row.become(clean);
		this.stored.saveAndFlush(row);
		note("announcement.changed", key, clean.name(), words(before), words(clean));
		return new Changed(key);
	}

	/** Deletes one that no route plays. */
	public AnnouncementAnswer delete(String key) {
		requireEditable(key);
		var row = this.stored.findByAnnouncementKey(key).orElse(null);
		if (row == null) {
			return new Gone();
		}
		var routes = everyUse().getOrDefault(key, List.of());
		if (!routes.isEmpty()) {
			return new InUse(routes);
		}
		remove(row);
		return new Changed(key);
	}

	private void remove(StoredAnnouncement row) {
		var before = row.announcement();
		this.stored.delete(row);
		this.stored.flush();
		note("announcement.deleted", row.key(), before.name(), words(before), null);
	}

	/**
	 * Returns to what was applied. After the routes, which may play one that was added
	 * since: that one stays, without its code. So does one that no PBX was told of.
	 */
	public void restore(SortedMap<String, Announcement> wanted) {
		var taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		var applied = distinct(wanted, taken);
		var rows = this.stored.findAll();
		var added = rows.stream().filter((row) -> !applied.containsKey(row.key())).toList();
		var known = rows.stream()
			.filter((row) -> applied.containsKey(row.key()))
			.collect(Collectors.toMap(StoredAnnouncement::key, (row) -> row));
		var used = everyUse().keySet();
		for (var row : added) {
			var now = row.announcement();
			if (!now.code().isEmpty() && !used.contains(row.key())) {
				remove(row);
			}
			else {
				restore(row, now, new Announcement(free(now.name(), taken), now.sounds(), now.answer(), ""));
			}
		}
		var before = new TreeMap<String, Announcement>();
		known.forEach((key, row) -> before.put(key, row.announcement()));
		outOfTheWay(known.values(), applied);
		applied
			.forEach((key, announcement) -> restore(known.getOrDefault(key, new StoredAnnouncement(key, announcement)),
					before.get(key), announcement));
	}

	/** What was applied at different times can have the same names and codes. */
	private static Map<String, Announcement> distinct(Map<String, Announcement> wanted, Set<String> names) {
		var codes = new HashSet<String>();
		var distinct = new TreeMap<String, Announcement>();
		wanted.forEach((key, one) -> distinct.put(key, new Announcement(free(one.name(), names), one.sounds(),
				one.answer(), codes.add(one.code()) ? one.code() : "")));
		return distinct;
	}

	/** Names and codes may have been swapped since. */
	private void outOfTheWay(Collection<StoredAnnouncement> rows, Map<String, Announcement> applied) {
		rows.stream().filter((row) -> !row.announcement().equals(applied.get(row.key()))).forEach((row) -> {
			row.become(new Announcement(row.key(), row.announcement().sounds(), false, ""));
			this.stored.saveAndFlush(row);
		});
	}

	private void restore(StoredAnnouncement row, @Nullable Announcement before, Announcement to) {
		if (!to.equals(before)) {
			row.become(to);
			this.stored.saveAndFlush(row);
			note("announcement.restored", row.key(), to.name(), words(before), words(to));
		}
	}

	/** That name, with a number when it is taken; then it is taken. */
	private static String free(String name, Set<String> taken) {
		var free = name;
		for (int n = 2; !taken.add(free); n++) {
			free = name.substring(0, Math.min(name.length(), LONGEST_NAME - 5)) + " (" + n + ")";
		}
		return free;
	}

	private void note(String action, String key, String name, @Nullable String before, @Nullable String after) {
		this.pbxs.touchAll();
		this.trail.record(action, AuditObject.of("announcement", key, name), before, after);
	}

	/** For the audit log. */
	private static @Nullable String words(@Nullable Announcement announcement) {
		if (announcement == null) {
			return null;
		}
		var words = new ArrayList<>(List.of(announcement.name(), String.join(" ", announcement.sounds())));
		if (announcement.answer()) {
			words.add("answers the call");
		}
		if (!announcement.code().isEmpty()) {
			words.add("code " + announcement.code());
		}
		return String.join(", ", words);
	}

}
