package io.tollgate.pin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.pbx.VisiblePbxs;
import io.tollgate.pbx.StableKey;
import io.tollgate.pin.PinChange.Changed;
import io.tollgate.pin.PinChange.Gone;
import io.tollgate.pin.PinChange.InUse;
import io.tollgate.pin.PinChange.LabelTaken;
import io.tollgate.pin.PinChange.NameTaken;
import io.tollgate.pin.PinChange.NoLabel;
import io.tollgate.pin.PinChange.NoName;
import io.tollgate.pin.PinChange.NoPin;
import io.tollgate.pin.PinChange.Refused;
import io.tollgate.pin.PinChange.SamePin;
import io.tollgate.pin.PinChange.TakenPin;
import io.tollgate.pin.PinChange.TooMany;
import io.tollgate.pin.PinChange.Unchanged;
import io.tollgate.pin.PinListUse.Use;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The PIN lists of the company, for the routes of all PBXs, and the passwords of single
 * routes, which are lists of one PIN without a name. A PIN is hashed as soon as it is
 * here; it is not kept, not told to the trail, and cannot be read back.
 */
@Service
@Transactional
public class PinLists {

	/** More than anybody gives out; what a PBX is written with one apply stays small. */
	static final int MOST_PINS = 1000;

	/** The label of the PIN that is the password of a route. */
	public static final String PASSWORD = "password";

	private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,63}");

	private final StoredPinLists lists;

	private final StoredPins pins;

	private final Salts salts;

	private final ObjectProvider<PinListUse> users;

	private final PbxRegistry registry;

	private final VisiblePbxs visible;

	private final AuditTrail audit;

	PinLists(StoredPinLists lists, StoredPins pins, Salts salts, ObjectProvider<PinListUse> users, PbxRegistry registry,
			VisiblePbxs visible, AuditTrail audit) {
		this.lists = lists;
		this.pins = pins;
		this.salts = salts;
		this.users = users;
		this.registry = registry;
		this.visible = visible;
		this.audit = audit;
	}

	/** All of them by key, with those that are the password of a route. Two queries. */
	@Transactional(readOnly = true)
	public SortedMap<String, PinList> all() {
		var labels = new HashMap<Long, SortedMap<String, String>>();
		this.pins.findAll()
			.forEach((pin) -> labels.computeIfAbsent(pin.listId(), (id) -> new TreeMap<>())
				.put(pin.hash(), pin.label()));
		return this.lists.findAll()
			.stream()
			.collect(Collectors.toMap(StoredPinList::key,
					(row) -> new PinList(row.name(), row.salt(), labels.getOrDefault(row.id(), new TreeMap<>())),
					(a, b) -> a, TreeMap::new));
	}

	/**
	 * What the PINs of a list are hashed with.
	 * @throws io.tollgate.keys.SealedException without the key file it was locked with
	 */
	public String salt(PinList list) {
		return this.salts.unlock(list.salt());
	}

	/**
	 * All of them but those that only PBXs ask for that whoever asks does not see. One
	 * that no route asks for is anybody's.
	 */
	@Transactional(readOnly = true)
	public SortedMap<String, PinList> seen() {
		var all = all();
		if (this.visible.limited()) {
			var hidden = everyUse();
			hidden.keySet().removeAll(uses().keySet());
			all.keySet().removeAll(hidden.keySet());
		}
		return all;
	}

	/** Whether whoever asks sees every PBX that asks for that list. */
	@Transactional(readOnly = true)
	public boolean isWhole(String key) {
		return !this.visible.limited()
				|| this.visible.hasAll(everyUse().getOrDefault(key, List.of()).stream().map(Use::pbxId).toList());
	}

	/** For a change of a list: it is seen, and changes for nobody else. */
	@Transactional(readOnly = true)
	void requireEditable(String key) {
		if (!this.visible.limited()) {
			return;
		}
		if (!seen().containsKey(key)) {
			throw new NotThereException();
		}
		if (!isWhole(key)) {
			throw new AccessDeniedException("other PBXs ask for that list, too");
		}
	}

	/** The routes that ask for each list, by key, on PBXs that are seen. */
	@Transactional(readOnly = true)
	public SortedMap<String, List<Use>> uses() {
		var uses = new TreeMap<String, List<Use>>();
		everyUse().forEach((key, all) -> {
			var seen = this.visible.of(all, Use::pbxId);
			if (!seen.isEmpty()) {
				uses.put(key, seen);
			}
		});
		return uses;
	}

	private SortedMap<String, List<Use>> everyUse() {
		var uses = new TreeMap<String, List<Use>>();
		this.users.stream()
			.forEach((user) -> user.uses()
				.forEach((key, some) -> uses.computeIfAbsent(key, (k) -> new ArrayList<>()).addAll(some)));
		return uses;
	}

	/** Makes a list without PINs. */
	public PinChange create(String name) {
		var plain = name.strip();
		var refused = nameRefusal(plain, null);
		if (refused != null) {
			return refused;
		}
		var row = this.lists.saveAndFlush(row(newKey(), plain));
		note("pin-list.created", row, null, plain);
		return new Changed(row.key());
	}

	private String newKey() {
		var key = StableKey.make();
		return this.lists.existsByListKey(key) ? newKey() : key;
	}

	private StoredPinList row(String key, String name) {
		return new StoredPinList(key, name, this.salts.make());
	}

	private @Nullable Refused nameRefusal(String name, @Nullable StoredPinList own) {
		if (!NAME.matcher(name).matches()) {
			return new NoName();
		}
		boolean taken = this.lists.findByNameIgnoreCase(name)
			.filter((other) -> own == null || other.id() != own.id())
			.isPresent();
		return taken ? new NameTaken(name) : null;
	}

	/** Calls a list something else. */
	public PinChange rename(String key, String name) {
		var row = named(key).orElse(null);
		if (row == null) {
			return new Gone();
		}
		var plain = name.strip();
		var refused = nameRefusal(plain, row);
		if (refused != null) {
			return refused;
		}
		var before = row.name();
		if (before.equals(plain)) {
			return new Unchanged();
		}
		row.rename(plain);
		this.lists.flush();
		touch(key);
		note("pin-list.renamed", row, before, plain);
		return new Changed(key);
	}

	/** Adds PINs, all or none. */
	public PinChange add(String key, List<NewPin> wanted) {
		var row = named(key).orElse(null);
		if (row == null) {
			return new Gone();
		}
		var there = this.pins.findByListId(row.id());
		if (there.size() + wanted.size() > MOST_PINS) {
			return new TooMany(MOST_PINS);
		}
		var salt = this.salts.unlock(row.salt());
		var added = new ArrayList<StoredPin>();
		for (var pin : wanted) {
			var refused = refusal(pin, salt, there, added);
			if (refused instanceof TakenPin) {
				noteTaken(row);
			}
			if (refused != null) {
				return refused;
			}
			added.add(new StoredPin(row.id(), Pins.hash(salt, pin.digits().strip()), pin.label().strip()));
		}
		if (added.isEmpty()) {
			return new Unchanged();
		}
		this.pins.saveAllAndFlush(added);
		touch(key);
		note("pin-list.pins.added", row, null, labels(added));
		return new Changed(key);
	}

	/**
	 * What stands against each of those PINs, in their order; {@code null} for nothing.
	 */
	List<@Nullable Refused> refusals(String key, List<NewPin> wanted) {
		requireEditable(key);
		var row = this.lists.findByListKey(key).orElseThrow();
		var there = this.pins.findByListId(row.id());
		var salt = this.salts.unlock(row.salt());
		var before = new ArrayList<StoredPin>();
		var refusals = new ArrayList<@Nullable Refused>();
		for (var pin : wanted) {
			var refused = refusal(pin, salt, there, before);
			refusals.add(refused);
			if (refused == null) {
				before.add(new StoredPin(row.id(), Pins.hash(salt, pin.digits().strip()), pin.label().strip()));
			}
		}
		if (refusals.stream().anyMatch(TakenPin.class::isInstance)) {
			noteTaken(row);
		}
		return refusals;
	}

	/** Trying PINs out leaves a trace. */
	private void noteTaken(StoredPinList row) {
		note("pin-list.pin.taken", row, null, null);
	}

	private static @Nullable Refused refusal(NewPin pin, String salt, List<StoredPin> there, List<StoredPin> before) {
		var label = pin.label().strip();
		if (!Pins.isLabel(label)) {
			return new NoLabel();
		}
		if (!Pins.isPin(pin.digits().strip())) {
			return new NoPin();
		}
		var hash = Pins.hash(salt, pin.digits().strip());
		for (var others : List.of(there, before)) {
			for (var other : others) {
				if (other.label().toLowerCase(Locale.ROOT).equals(label.toLowerCase(Locale.ROOT))) {
					return new LabelTaken(other.label());
				}
				if (other.hash().equals(hash)) {
					return (others == there) ? new TakenPin() : new SamePin(other.label());
				}
			}
		}
		return null;
	}

	/** Takes a PIN away. */
	public PinChange remove(String key, String label) {
		var row = named(key).orElse(null);
		var pin = (row != null)
				? this.pins.findByListId(row.id()).stream().filter((each) -> each.label().equals(label)).findFirst()
				: Optional.<StoredPin>empty();
		if (row == null || pin.isEmpty()) {
			return new Gone();
		}
		this.pins.delete(pin.get());
		this.pins.flush();
		touch(key);
		note("pin-list.pins.removed", row, label, null);
		return new Changed(key);
	}

	/** Takes a list away that no route asks for. */
	public PinChange delete(String key) {
		var row = named(key).orElse(null);
		if (row == null) {
			return new Gone();
		}
		var uses = everyUse().getOrDefault(key, List.of());
		if (!uses.isEmpty()) {
			return new InUse(uses.stream()
				.map((use) -> use.route() + " (" + use.pbx() + ")")
				.distinct()
				.collect(Collectors.joining(", ")));
		}
		note("pin-list.deleted", row, row.name() + ": " + labels(this.pins.findByListId(row.id())), null);
		this.lists.delete(row);
		this.lists.flush();
		return new Changed(key);
	}

	private Optional<StoredPinList> named(String key) {
		requireEditable(key);
		return this.lists.lock(key).filter((row) -> !row.name().isEmpty());
	}

	/**
	 * Makes digits the password of a route.
	 * @param key the password that it has, empty for none
	 * @return the key to keep with the route
	 * @throws IllegalArgumentException when it is no password
	 */
	public String password(String key, String digits) {
		if (!isPassword(digits)) {
			throw new IllegalArgumentException("no password");
		}
		var row = this.lists.lock(key)
			.filter((found) -> found.name().isEmpty())
			.orElseGet(() -> this.lists.saveAndFlush(row(newKey(), "")));
		this.pins.deleteAll(this.pins.findByListId(row.id()));
		this.pins.flush();
		var salt = this.salts.unlock(row.salt());
		this.pins.saveAndFlush(new StoredPin(row.id(), Pins.hash(salt, digits), PASSWORD));
		return row.key();
	}

	/** Whether that can be the password of a route. */
	public static boolean isPassword(String digits) {
		return Pins.isPin(digits);
	}

	/** Whether others would guess it. */
	public static boolean isWeak(String digits) {
		return Pins.isPin(digits) && Pins.weakness(digits) != null;
	}

	/** Whether a list has that PIN. */
	@Transactional(readOnly = true)
	public boolean opens(String key, String digits) {
		var list = all().get(key);
		return list != null && list.labels().containsKey(Pins.hash(salt(list), digits));
	}

	/** Forgets the passwords that no route has any more. */
	public void forgetPasswords() {
		// first the passwords, then who uses them: one that is being saved is in neither
		// or
		// in both
		var passwords = this.lists.findAll().stream().filter((row) -> row.name().isEmpty()).toList();
		var used = everyUse().keySet();
		this.lists.deleteAll(passwords.stream().filter((row) -> !used.contains(row.key())).toList());
		this.lists.flush();
	}

	/**
	 * Takes back the PINs that a list had; a list that is gone is made again under its
	 * key.
	 */
	public void restore(String key, PinList list) {
		var found = this.lists.lock(key);
		var before = found.map((row) -> all().get(key)).orElse(null);
		if (before != null && before.salt().equals(list.salt()) && before.labels().equals(list.labels())) {
			return;
		}
		var row = found.orElseGet(() -> new StoredPinList(key, freeName(list.name()), list.salt()));
		row.resalt(list.salt());
		var saved = this.lists.saveAndFlush(row);
		this.pins.deleteAll(this.pins.findByListId(saved.id()));
		this.pins.flush();
		this.pins.saveAllAndFlush(list.labels()
			.entrySet()
			.stream()
			.map((pin) -> new StoredPin(saved.id(), pin.getKey(), pin.getValue()))
			.toList());
		touch(key);
		if (!saved.name().isEmpty()) {
			note("pin-list.restored", saved, (before != null) ? labels(before) : null, labels(list));
		}
	}

	/** Somebody may have taken the name meanwhile. */
	private String freeName(String name) {
		var taken = new HashSet<String>();
		this.lists.findAll().forEach((row) -> taken.add(row.name().toLowerCase(Locale.ROOT)));
		var free = name;
		for (int i = 2; !free.isEmpty() && taken.contains(free.toLowerCase(Locale.ROOT)); i++) {
			var end = " " + i;
			free = name.substring(0, Math.min(name.length(), 63 - end.length())) + end;
		}
		return free;
	}

	private void touch(String key) {
		this.registry.touch(everyUse().getOrDefault(key, List.of())
			.stream()
			.map(Use::pbxId)
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	private void note(String action, StoredPinList row, @Nullable String before, @Nullable String after) {
		this.audit.record(action, AuditObject.of("pin-list", row.key(), row.name()), before, after);
	}

	private static String labels(List<StoredPin> pins) {
		return pins.isEmpty() ? "no PINs"
				: pins.stream().map(StoredPin::label).sorted().collect(Collectors.joining(", "));
	}

	private static String labels(PinList list) {
		return list.labels().isEmpty() ? "no PINs"
				: list.labels().values().stream().sorted().collect(Collectors.joining(", "));
	}

}
