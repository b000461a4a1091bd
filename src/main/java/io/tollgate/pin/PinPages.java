package io.tollgate.pin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListPage;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
import io.tollgate.pin.PinChange.Refused;
import io.tollgate.pin.PinListUse.Use;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Puts together what the pages about PIN lists show. No PIN is in any of it. */
@Component
class PinPages {

	private static final ListShape<Shown> LISTS = ListShape.<Shown>empty()
		.text("name", "pin.column.list", Shown::name)
		.number("routes", "pin.column.used", (list) -> (long) list.uses().size())
		.looking("")
		.number("pins", "pin.column.count", (list) -> (long) list.labels().size());

	private static final ListShape<String> PINS = ListShape.<String>empty()
		.text("label", "pin.label", (label) -> label);

	private final PinLists lists;

	private final MessageSource messages;

	PinPages(PinLists lists, MessageSource messages) {
		this.lists = lists;
		this.messages = messages;
	}

	String say(String code, Object... arguments) {
		return this.messages.getMessage(code, arguments, LocaleContextHolder.getLocale());
	}

	String say(Refused refused) {
		return this.messages.getMessage(refused, LocaleContextHolder.getLocale());
	}

	/** The lists by name, without the passwords of routes. */
	List<Shown> all() {
		var uses = this.lists.uses();
		return this.lists.seen()
			.entrySet()
			.stream()
			.filter((each) -> !each.getValue().name().isEmpty())
			.map((each) -> shown(each.getKey(), each.getValue(), uses.getOrDefault(each.getKey(), List.of())))
			.sorted(Comparator.comparing(Shown::name, String.CASE_INSENSITIVE_ORDER))
			.toList();
	}

	/** Those of them that are asked for. */
	ListPage<Shown> all(ListQuery query) {
		return LISTS.show(ListAddress.of(PinListController.PATH), query, all(), Shown::texts,
				LocaleContextHolder.getLocale());
	}

	/** Where a list is. */
	static ListAddress at(String key) {
		return ListAddress.of(PinListController.PATH + "/" + key);
	}

	/** Those of the PINs of a list that are asked for, by their labels. */
	ListPage<String> pins(Shown list, ListQuery query) {
		return PINS.show(at(list.key()), query, list.labels(), List::of, LocaleContextHolder.getLocale());
	}

	/** Whether nobody else's PBX asks for it. */
	boolean isWhole(String key) {
		return this.lists.isWhole(key);
	}

	/** For a change of a list: it is seen, and changes for nobody else. */
	void requireEditable(String key) {
		this.lists.requireEditable(key);
	}

	Optional<Shown> find(String key) {
		return all().stream().filter((list) -> list.key().equals(key)).findFirst();
	}

	private static Shown shown(String key, PinList list, List<Use> uses) {
		var labels = new ArrayList<>(list.labels().values());
		labels.sort(String.CASE_INSENSITIVE_ORDER);
		return new Shown(key, list.name(), labels, uses);
	}

	/**
	 * What is wrong with the lines of a text, without quoting any: a PIN may stand in the
	 * wrong place.
	 */
	List<String> problems(String key, PinBatch batch) {
		if (batch.rows().isEmpty()) {
			return List.of(say("pin.many.empty"));
		}
		if (batch.rows().size() > PinLists.MOST_PINS) {
			return List.of(say(new PinChange.TooMany(PinLists.MOST_PINS)));
		}
		var refusals = this.lists.refusals(key, batch.pins());
		var problems = new ArrayList<String>();
		for (int i = 0; i < refusals.size(); i++) {
			var row = batch.rows().get(i);
			var refused = refusals.get(i);
			if (refused != null && !(refused instanceof PinChange.TakenPin)) {
				problems.add(say("pin.many.line", row.number(), row.pair() ? say(refused) : say("pin.many.pair")));
			}
		}
		if (refusals.stream().anyMatch(PinChange.TakenPin.class::isInstance)) {
			problems.add(say("pin.many.taken"));
		}
		return problems;
	}

	/** Whose PINs are easy to guess; empty for nobody. */
	String weak(List<NewPin> pins) {
		var weak = pins.stream().filter((pin) -> Pins.weakness(pin.digits().strip()) != null).toList();
		if (weak.isEmpty()) {
			return "";
		}
		if (weak.size() > 1) {
			return say("pin.weak.many", String.join(", ", weak.stream().map((pin) -> pin.label().strip()).toList()));
		}
		return say("pin.weak." + Pins.weakness(weak.getFirst().digits().strip()), weak.getFirst().label().strip());
	}

	/**
	 * A PIN list.
	 *
	 * @param labels of its PINs, in order
	 * @param uses the routes that ask for it
	 */
	record Shown(String key, String name, List<String> labels, List<Use> uses) {

		/** What is searched: also the routes and the labels of the PINs. */
		private List<String> texts() {
			var texts = new ArrayList<>(this.labels);
			texts.add(this.name);
			this.uses.forEach((use) -> texts.addAll(List.of(use.route(), use.pbx())));
			return texts;
		}

	}

	/**
	 * A PIN that was made up, to be read once.
	 *
	 * @param digits the PIN
	 */
	record Issued(String label, String digits) {

		/** Without the digits: this may stand in a log. */
		@Override
		public String toString() {
			return "Issued[label=" + this.label + "]";
		}

	}

}
