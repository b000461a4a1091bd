package io.tollgate.announcement;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.swagger.v3.oas.annotations.Operation;
import io.tollgate.announcement.AnnouncementAnswer.Changed;
import io.tollgate.announcement.AnnouncementAnswer.Gone;
import io.tollgate.announcement.AnnouncementAnswer.InUse;
import io.tollgate.announcement.AnnouncementAnswer.Refused;
import io.tollgate.announcement.AnnouncementAnswer.Unchanged;
import io.tollgate.api.IfMatch;
import io.tollgate.api.RefusedException;
import io.tollgate.api.Wrong;
import io.tollgate.pbx.NotThereException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The announcements, for scripts: what routes that block can play. */
@RestController
class AnnouncementApi {

	private static final String PATH = "/api/v1/announcements";

	private static final String ONE = PATH + "/{announcement}";

	private final Announcements announcements;

	private final SeenAnnouncements seen;

	private final MessageSource messages;

	AnnouncementApi(Announcements announcements, SeenAnnouncements seen, MessageSource messages) {
		this.announcements = announcements;
		this.seen = seen;
		this.messages = messages;
	}

	/** By name; there are not many, so they come whole. */
	@GetMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_route:read')")
	@Operation(summary = "Announcements")
	Listing announcements() {
		var uses = this.announcements.uses();
		return new Listing(this.announcements.byName()
			.entrySet()
			.stream()
			.map((one) -> Item.of(one.getKey(), one.getValue(), uses.getOrDefault(one.getKey(), List.of())))
			.toList());
	}

	@GetMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_route:read')")
	@Operation(summary = "One announcement, and the routes that play it")
	ResponseEntity<Item> announcement(@PathVariable String announcement) {
		return answer(announcement);
	}

	private ResponseEntity<Item> answer(String key) {
		var item = item(key);
		return ResponseEntity.ok().eTag(item.etag()).body(item);
	}

	private Item item(String key) {
		return this.announcements.find(key)
			.map((one) -> Item.of(key, one, this.announcements.uses().getOrDefault(key, List.of())))
			.orElseThrow(NotThereException::new);
	}

	@PostMapping(PATH)
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.CREATED)
	@Operation(summary = "Adds an announcement of sounds that the PBXs have")
	ResponseEntity<Item> create(@Valid @RequestBody Wanted wanted) {
		var answer = this.announcements.add(wanted.announcement());
		if (!(answer instanceof Changed(var key))) {
			throw refused(wanted.announcement().name(), answer);
		}
		var item = item(key);
		return ResponseEntity.created(URI.create(PATH + "/" + key)).eTag(item.etag()).body(item);
	}

	/** For all routes that play it. */
	@PutMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@Operation(summary = "Replaces an announcement")
	ResponseEntity<Item> replace(@PathVariable String announcement,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
			@Valid @RequestBody Wanted wanted) {
		done(announcement, this.seen.change(announcement, IfMatch.of(ifMatch),
				() -> this.announcements.change(announcement, wanted.announcement())));
		return answer(announcement);
	}

	/** One that routes play stays; the refusal names one of them. */
	@DeleteMapping(ONE)
	@PreAuthorize("hasAuthority('SCOPE_route:write') and hasRole('OPERATOR')")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Deletes an announcement that no route plays")
	void delete(@PathVariable String announcement,
			@RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
		done(announcement,
				this.seen.change(announcement, IfMatch.of(ifMatch), () -> this.announcements.delete(announcement)));
	}

	private void done(String key, AnnouncementAnswer answer) {
		if (!(answer instanceof Changed) && !(answer instanceof Unchanged)) {
			throw refused(this.announcements.find(key).map(Announcement::name).orElse(""), answer);
		}
	}

	private RuntimeException refused(String name, AnnouncementAnswer answer) {
		return switch (answer) {
			case Refused(var refusals) -> new RefusedException(refusals.stream()
				.map((refusal) -> new Wrong("/" + refusal.field(), this.messages.getMessage(refusal, Locale.ENGLISH)))
				.toList());
			case InUse(var routes) -> new RefusedException("", this.messages.getMessage("announcement.kept",
					new Object[] { name, routes.getFirst().route(), routes.getFirst().pbx(), routes.size() - 1 },
					Locale.ENGLISH));
			case Gone _ -> new NotThereException();
			case Changed _, Unchanged _ -> new IllegalStateException("nothing was refused");
		};
	}

	/** All of them. */
	record Listing(List<Item> items) {
	}

	/**
	 * An announcement.
	 *
	 * @param sounds names of sounds of the PBX, played one after the other
	 * @param answer whether the call is answered for it
	 * @param code what any phone dials to hear it; empty for none
	 * @param routes those that play it, on PBXs that are seen
	 * @param etag what {@code If-Match} wants for it
	 */
	record Item(String id, String name, List<String> sounds, boolean answer, String code, List<Use> routes,
			String etag) {

		static Item of(String key, Announcement one, List<AnnouncementUse.Use> uses) {
			return new Item(key, one.name(), one.sounds(), one.answer(), one.code(),
					uses.stream().map((use) -> new Use(use.pbxId(), use.routeId(), use.route())).toList(),
					IfMatch.tag(one.fingerprint()));
		}

	}

	/**
	 * A route that plays it.
	 *
	 * @param pbx the id of its PBX
	 */
	record Use(long pbx, long id, String name) {
	}

	/** What it shall be; what is not given is gone. */
	record Wanted(@Nullable @Size(max = 200) String name,
			@Nullable @Size(max = 100) List<@NotNull @Size(max = 200) String> sounds, @Nullable Boolean answer,
			@Nullable @Size(max = 20) String code) {

		Announcement announcement() {
			return new Announcement(Objects.requireNonNullElse(this.name, ""),
					Objects.requireNonNullElse(this.sounds, List.of()), Boolean.TRUE.equals(this.answer),
					Objects.requireNonNullElse(this.code, ""));
		}

	}

}
