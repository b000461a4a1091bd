package io.tollgate.pin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.tollgate.api.IfMatch;
import io.tollgate.pbx.NotThereException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** PIN lists as scripts change them: with what they saw of them. */
@Component
class SeenPinLists {

	/**
	 * So often the portal makes up other digits; with 1000 of a million that is enough.
	 */
	private static final int TRIES = 20;

	private static final long PRIME = 0x100000001b3L;

	private final PinLists lists;

	private final StoredPinLists stored;

	private final StoredPins pins;

	SeenPinLists(PinLists lists, StoredPinLists stored, StoredPins pins) {
		this.lists = lists;
		this.stored = stored;
		this.pins = pins;
	}

	/**
	 * Another number for another name and for other PINs, also under the same labels. It
	 * is made of row ids: nothing about a PIN can be read from it.
	 * @throws NotThereException without such a list, or when it is not seen
	 */
	@Transactional(readOnly = true)
	public long revision(String key) {
		return revision(this.stored.findByListKey(key).filter((row) -> isSeen(key)).orElse(null));
	}

	/** Those of all lists by key, with the lists that are not seen. Two queries. */
	@Transactional(readOnly = true)
	public Map<String, Long> revisions() {
		var pins = this.pins.findAll()
			.stream()
			.collect(Collectors.groupingBy(StoredPin::listId, Collectors.mapping(StoredPin::id, Collectors.toList())));
		return this.stored.findAll()
			.stream()
			.collect(Collectors.toMap(StoredPinList::key,
					(row) -> revision(row.name(), pins.getOrDefault(row.id(), List.of()))));
	}

	private boolean isSeen(String key) {
		return this.lists.seen().containsKey(key);
	}

	private long revision(@Nullable StoredPinList row) {
		if (row == null || row.name().isEmpty()) {
			throw new NotThereException();
		}
		return revision(row.name(), this.pins.findByListId(row.id()).stream().map(StoredPin::id).toList());
	}

	private static long revision(String name, List<Long> pins) {
		long revision = name.hashCode();
		for (var id : pins.stream().sorted().toList()) {
			revision = (revision ^ id) * PRIME;
		}
		return revision & Long.MAX_VALUE;
	}

	/**
	 * Does that while nobody else can change the list. What is refused is no exception in
	 * here: it would take the trace of it back.
	 */
	@Transactional
	public PinChange change(String key, IfMatch seen, Supplier<PinChange> work) {
		require(key, seen);
		return work.get();
	}

	/** Locked before anything of it is read: what was read stays as it was. */
	private void require(String key, IfMatch seen) {
		var row = this.stored.lock(key).orElse(null);
		if (!isSeen(key)) {
			throw new NotThereException();
		}
		this.lists.requireEditable(key);
		seen.require(revision(row));
	}

	/**
	 * Adds PINs, all or none. Where no digits are given, they are made up.
	 * @param wanted with empty digits to have them made up
	 */
	@Transactional
	public Added add(String key, IfMatch seen, List<NewPin> wanted) {
		require(key, seen);
		var all = new ArrayList<NewPin>();
		List<PinChange.@Nullable Refused> refusals = List.of();
		for (int i = 0; i < TRIES; i++) {
			all.clear();
			wanted.forEach((pin) -> all.add(pin.digits().isEmpty() ? new NewPin(pin.label(), Pins.madeUp()) : pin));
			refusals = this.lists.refusals(key, all);
			if (!isToRetry(wanted, refusals)) {
				break;
			}
		}
		if (refusals.stream().anyMatch(Objects::nonNull)) {
			return new Added(List.of(), refusals, null);
		}
		return (this.lists.add(key, all) instanceof PinChange.Refused refused)
				? new Added(List.of(), List.of(), refused) : new Added(all, List.of(), null);
	}

	/** Whether nothing but digits that were made up stand against it. */
	private static boolean isToRetry(List<NewPin> wanted, List<PinChange.@Nullable Refused> refusals) {
		boolean unlucky = false;
		for (int i = 0; i < refusals.size(); i++) {
			var refused = refusals.get(i);
			if (refused == null) {
				continue;
			}
			boolean digits = refused instanceof PinChange.TakenPin || refused instanceof PinChange.SamePin;
			if (!digits || !wanted.get(i).digits().isEmpty()) {
				return false;
			}
			unlucky = true;
		}
		return unlucky;
	}

	/**
	 * What became of it.
	 *
	 * @param pins those that were added; none when something stands against it
	 * @param refusals what stands against each, in the order in which they were wished
	 * @param refused what stands against all of them together
	 */
	record Added(List<NewPin> pins, List<PinChange.@Nullable Refused> refusals, PinChange.@Nullable Refused refused) {
	}

}
