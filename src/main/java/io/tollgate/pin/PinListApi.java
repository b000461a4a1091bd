package io.tollgate.pin;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.api.IfMatch;
import io.tollgate.api.RefusedException;
import io.tollgate.api.Wrong;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pin.PinChange.Changed;
import io.tollgate.pin.PinChange.Gone;
import io.tollgate.pin.PinChange.Refused;
import io.tollgate.pin.PinChange.Unchanged;
import io.tollgate.pin.SeenPinLists.Added;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The PIN lists for scripts. No PIN can be read: one that was made up is in the answer to
 * the request that asked for it and nowhere else, so no answer of these is kept for an
 * {@code Idempotency-Key} either. The page asks nobody for the password again before it
 * makes a PIN up, so nothing more than the scope is asked of a token.
 */
@RestController
class PinListApi {

	private static final String PATH = "/api/v1/pin-lists";

	private static final String ONE = PATH + "/{list}";

	private final PinLists lists;

	private final SeenPinLists seen;

	private final PinPages pages;

	private final MessageSource messages;

	PinListApi(PinLists lists, SeenPinLists seen, PinPages pages, MessageSource messages) {
		this.lists = lists;
		this.seen = seen;
		this.pages = pages;
		this.messages = messages;
	}

	/** By name; there are not many, so they come whole. */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_pin:read')")
	@Operation(summary = "PIN lists")
	Listing lists() {
		// before the lists, so that a tag is rather too old than too new
		var revisions = this.seen.revisions();
		return new Listing(this.pages.all()
			.stream()
			.filter((list) -> revisions.containsKey(list.key()))
			.map((list) -> new Head(list.key(), list.name(), list.labels().size(), list.uses().size(),
					IfMatch.tag(Objects.requireNonNull(revisions.get(list.key())))))
			.toList());
	}

	@GetMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_pin:read')")
	@Operation(summary = "One PIN list: whose PINs there are and which routes ask for it")
	ResponseEntity<Item> list(@PathVariable String list) {
		return answer(list);
	}

	private ResponseEntity<Item> answer(String list) {
		var revision = this.seen.revision(list);
		return ResponseEntity.ok().eTag(IfMatch.tag(revision)).body(item(list));
	}

	private Item item(String list) {
		return this.pages.find(list)
			.map((shown) -> Item.of(shown, !this.pages.isWhole(list)))
			.orElseThrow(NotThereException::new);
	}

	@PostMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_pin:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Makes a PIN list without PINs")
	ResponseEntity<Item> create(@Valid @RequestBody Named wanted) {
		return switch (this.lists.create(wanted.text())) {
			case Changed(var key) -> ResponseEntity.created(URI.create(PATH + "/" + key))
				.eTag(IfMatch.tag(this.seen.revision(key)))
				.body(item(key));
			case Refused refused -> throw refused("/name", refused);
			case Unchanged _ -> throw new IllegalStateException("a new list is a change");
		};
	}

	@PatchMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_pin:write') and hasRole('OPERATOR')")
	@Operation(summary = "Calls a PIN list something else")
	ResponseEntity<Item> rename(@PathVariable String list,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Named wanted) {
		done(this.seen.change(list, IfMatch.of(ifMatch), () -> this.lists.rename(list, wanted.text())), "/name");
		return answer(list);
	}

	/** One that routes ask for stays; the refusal names them. */
	@DeleteMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_pin:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Deletes a PIN list that no route asks for")
	void delete(@PathVariable String list,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		done(this.seen.change(list, IfMatch.of(ifMatch), () -> this.lists.delete(list)), "");
	}

	/** All or none. */
	@PostMapping(ONE + "/pins")
	@PreAuthorize("hasAuthority('SCOPE_pin:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Adds PINs, given or made up; those that were made up are told once")
	ResponseEntity<Issued> add(@PathVariable String list,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Wanted wanted) {
		var given = Objects.requireNonNullElse(wanted.pins(), List.<Pin>of());
		var match = IfMatch.of(ifMatch);
		match.require(this.seen.revision(list));
		if (given.isEmpty()) {
			throw new RefusedException("/pins", say("pin.api.nothing"));
		}
		var added = this.seen.add(list, match, given.stream().map(Pin::toNew).toList());
		if (added.pins().isEmpty()) {
			throw new RefusedException(wrong(added));
		}
		var answers = new ArrayList<Told>();
		for (int i = 0; i < given.size(); i++) {
			var pin = added.pins().get(i);
			boolean madeUp = given.get(i).isToMakeUp();
			answers.add(new Told(pin.label().strip(), madeUp ? pin.digits() : null,
					Pins.weakness(pin.digits().strip()) != null));
		}
		return ResponseEntity.status(HttpStatus.CREATED)
			.eTag(IfMatch.tag(this.seen.revision(list)))
			.cacheControl(CacheControl.noStore())
			.body(new Issued(answers));
	}

	/** As on the page it is not said whose PIN somebody has already. */
	private List<Wrong> wrong(Added added) {
		if (added.refused() != null) {
			return List.of(new Wrong("/pins", say(added.refused())));
		}
		var wrong = new ArrayList<Wrong>();
		boolean taken = false;
		for (int i = 0; i < added.refusals().size(); i++) {
			switch (added.refusals().get(i)) {
				case PinChange.TakenPin _ -> taken = true;
				case PinChange.NoLabel refused -> wrong.add(at(i, "label", refused));
				case PinChange.LabelTaken refused -> wrong.add(at(i, "label", refused));
				case Refused refused -> wrong.add(at(i, "pin", refused));
				case null -> {
				}
			}
		}
		// otherwise a list that can never be added would tell which PINs there are
		if (taken && wrong.isEmpty()) {
			wrong.add(new Wrong("/pins", say("pin.many.taken")));
		}
		return wrong;
	}

	private Wrong at(int place, String field, Refused refused) {
		return new Wrong("/pins/" + place + "/" + field, say(refused));
	}

	@DeleteMapping(ONE + "/pins/{label}")
	@PreAuthorize("hasAuthority('SCOPE_pin:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Takes the PIN with that label away")
	void remove(@PathVariable String list, @PathVariable String label,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		done(this.seen.change(list, IfMatch.of(ifMatch), () -> this.lists.remove(list, label)), "");
	}

	private void done(PinChange change, String path) {
		switch (change) {
			case Gone _ -> throw new NotThereException();
			case Refused refused -> throw refused(path, refused);
			case Changed _, Unchanged _ -> {
			}
		}
	}

	private RefusedException refused(String path, Refused refused) {
		return new RefusedException(path, say(refused));
	}

	private String say(Refused refused) {
		return this.messages.getMessage(refused, Locale.ENGLISH);
	}

	private String say(String code) {
		return this.messages.getMessage(code, null, Locale.ENGLISH);
	}

	/** All of them. */
	record Listing(List<Head> items) {
	}

	/**
	 * A PIN list in a list.
	 *
	 * @param pins how many it has
	 * @param routes how many ask for it
	 * @param etag what {@code If-Match} wants for it
	 */
	record Head(String id, String name, int pins, int routes, String etag) {
	}

	/**
	 * A PIN list.
	 *
	 * @param labels whose PINs there are
	 * @param routes those that ask for it, on PBXs that are seen
	 * @param shared whether others ask for it, too, so that it cannot be changed
	 */
	record Item(String id, String name, List<String> labels, List<Use> routes, boolean shared) {

		static Item of(PinPages.Shown shown, boolean shared) {
			return new Item(shown.key(), shown.name(), shown.labels(),
					shown.uses().stream().map((use) -> new Use(use.pbxId(), use.routeId(), use.route())).toList(),
					shared);
		}

	}

	/**
	 * A route that asks for it.
	 *
	 * @param pbx the id of its PBX
	 */
	record Use(long pbx, long id, String name) {
	}

	/** What it shall be called. */
	record Named(@Nullable @Size(max = 100) String name) {

		String text() {
			return Objects.requireNonNullElse(this.name, "");
		}

	}

	/** PINs to add. */
	record Wanted(@Nullable @Size(max = PinLists.MOST_PINS) List<@NotNull @Valid Pin> pins) {
	}

	/**
	 * A PIN to add.
	 *
	 * @param label whose it is
	 * @param pin 3-15 digits; not given, it is made up
	 */
	record Pin(@Nullable String label, @Nullable String pin) {

		boolean isToMakeUp() {
			return this.pin == null;
		}

		/** Nobody gives blanks to have digits made up. */
		NewPin toNew() {
			var digits = (this.pin == null) ? "" : this.pin.isEmpty() ? "-" : this.pin;
			return new NewPin(Objects.requireNonNullElse(this.label, ""), digits);
		}

		/** Without the PIN: this may stand in a log. */
		@Override
		public String toString() {
			return "Pin[label=" + this.label + "]";
		}

	}

	/** What was added, in the order of the request. */
	record Issued(List<Told> items) {
	}

	/**
	 * A PIN that was added.
	 *
	 * @param pin the PIN when it was made up, told here only; else {@code null}
	 * @param weak whether it is easy to guess: short, repeated or digits in a row
	 */
	record Told(String label, @Nullable String pin, boolean weak) {

		/** Without the PIN: this may stand in a log. */
		@Override
		public String toString() {
			return "Told[label=" + this.label + "]";
		}

	}

}
