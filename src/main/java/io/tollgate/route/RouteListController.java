package io.tollgate.route;

import java.nio.charset.StandardCharsets;

import io.github.wimdeblauwe.htmx.spring.boot.mvc.HtmxRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Call Control › Outbound Route: the routes of a PBX in the order in which they are
 * asked.
 */
@Controller
class RouteListController {

	static final String PATH = "/routes";

	private static final String LIST = "route/list";

	private final RouteLists lists;

	private final Routes routes;

	private final RouteWords words;

	RouteListController(RouteLists lists, Routes routes, RouteWords words) {
		this.lists = lists;
		this.routes = routes;
		this.words = words;
	}

	/** Asking a request for a role does not know that an administrator is an operator. */
	static boolean mayEdit(HttpServletRequest request) {
		return request.isUserInRole("OPERATOR") || request.isUserInRole("ADMINISTRATOR");
	}

	/** Where the routes of a PBX are. */
	static String url(long pbx) {
		return PATH + "?pbx=" + pbx;
	}

	/**
	 * The list.
	 * @param pbx {@code null} for the first one
	 * @param number what to trace
	 */
	@GetMapping(PATH)
	String list(@RequestParam(required = false) @Nullable Long pbx, @RequestParam(defaultValue = "") String number,
			HttpServletRequest request, Model model) {
		var pbxs = this.lists.pbxs();
		if (pbx == null && pbxs.isEmpty()) {
			return LIST;
		}
		var shown = (pbx != null) ? this.lists.pbx(pbx) : pbxs.getFirst();
		model.addAttribute("page", this.lists.page(shown, number, mayEdit(request)));
		return LIST;
	}

	/**
	 * Moves a route.
	 * @param to its place, from 0
	 */
	@PostMapping(PATH + "/{id}/move")
	@PreAuthorize("hasRole('OPERATOR')")
	String move(@PathVariable long id, @RequestParam long pbx, @RequestParam int to,
			@RequestParam(defaultValue = "") String number, HttpServletRequest request, HtmxRequest htmx, Model model,
			RedirectAttributes redirect) {
		var name = route(pbx, id).route().name();
		boolean moved = this.routes.move(pbx, id, to);
		var list = this.routes.list(pbx);
		int place = list.stream().map(StoredRoute::id).toList().indexOf(id) + 1;
		return answer(pbx, number,
				this.words.say(moved ? "routes.moved" : "routes.not-moved", name, place, list.size()), request, htmx,
				model, redirect);
	}

	/** Switches a route on or off. */
	@PostMapping(PATH + "/{id}/enabled")
	@PreAuthorize("hasRole('OPERATOR')")
	Object enable(@PathVariable long id, @RequestParam long pbx, @RequestParam(required = false) boolean enabled,
			@RequestParam(defaultValue = "") String number, HttpServletRequest request, HtmxRequest htmx, Model model,
			RedirectAttributes redirect) {
		long seen = this.routes.revision(pbx, id);
		var route = route(pbx, id).route();
		return switch (this.routes.save(pbx, id, route.withEnabled(enabled), "", seen)) {
			case SaveResult.Refused refused -> refuse(pbx, refused, htmx, redirect);
			case SaveResult.ChangedMeanwhile _ -> refuse(pbx, this.words.say("routes.conflict"), htmx, redirect);
			case SaveResult.Saved _ -> answer(pbx, number,
					this.words.say(enabled ? "routes.switched-on" : "routes.switched-off", route.name()), request, htmx,
					model, redirect);
		};
	}

	/**
	 * Puts a pattern into the first rule for which a warning offers it.
	 * @param offer the pattern
	 */
	@PostMapping(PATH + "/{id}/offer")
	@PreAuthorize("hasRole('OPERATOR')")
	Object use(@PathVariable long id, @RequestParam long pbx, @RequestParam String offer,
			@RequestParam(defaultValue = "") String number, HttpServletRequest request, HtmxRequest htmx, Model model,
			RedirectAttributes redirect) {
		long seen = this.routes.revision(pbx, id);
		var before = route(pbx, id).route();
		return switch (this.routes.save(pbx, id, this.lists.offered(this.lists.pbx(pbx), id, offer), "", seen)) {
			case SaveResult.Refused refused -> refuse(pbx, refused, htmx, redirect);
			case SaveResult.ChangedMeanwhile _ -> refuse(pbx, this.words.say("routes.conflict"), htmx, redirect);
			case SaveResult.Saved saved -> answer(pbx, number,
					this.words.say(saved.changed() ? "routes.offered" : "routes.unchanged", before.name(), offer),
					request, htmx, model, redirect);
		};
	}

	private StoredRoute route(long pbx, long id) {
		return this.routes.find(this.lists.pbx(pbx).id(), id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private Object refuse(long pbx, SaveResult.Refused refused, HtmxRequest htmx, RedirectAttributes redirect) {
		return refuse(pbx, this.words.of(refused.problems().getFirst()), htmx, redirect);
	}

	/** To htmx in words alone, which puts the switch back and shows them. */
	private static Object refuse(long pbx, String why, HtmxRequest htmx, RedirectAttributes redirect) {
		if (htmx.isHtmxRequest()) {
			return ResponseEntity.unprocessableContent()
				.contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
				.body(why);
		}
		redirect.addFlashAttribute("problem", why);
		return "redirect:" + url(pbx);
	}

	/** The part that changed to htmx; everybody else goes back to the list. */
	private String answer(long pbx, String number, String said, HttpServletRequest request, HtmxRequest htmx,
			Model model, RedirectAttributes redirect) {
		if (!htmx.isHtmxRequest()) {
			redirect.addFlashAttribute("notice", said);
			return "redirect:" + url(pbx);
		}
		model.addAttribute("page", this.lists.page(this.lists.pbx(pbx), number, mayEdit(request)));
		model.addAttribute("said", said);
		return LIST + " :: changed";
	}

}
