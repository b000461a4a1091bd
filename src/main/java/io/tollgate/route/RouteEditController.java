package io.tollgate.route;

import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The editor of an outbound route. The form says by {@code act} what shall become of it:
 * {@code save}; {@code apply} to go on to the review; anything else changes the form and
 * stores nothing.
 */
@Controller
class RouteEditController {

	private static final String EDIT = "route/edit";

	private final RouteLists lists;

	private final RouteEditor editor;

	private final Routes routes;

	private final RouteWords words;

	RouteEditController(RouteLists lists, RouteEditor editor, Routes routes, RouteWords words) {
		this.lists = lists;
		this.editor = editor;
		this.routes = routes;
		this.words = words;
	}

	@GetMapping(RouteListController.PATH + "/new")
	@PreAuthorize("hasRole('OPERATOR')")
	String create(@RequestParam long pbx, Model model) {
		model.addAttribute("page", this.editor.page(this.lists.pbx(pbx), null, this.editor.empty(), false, true));
		return EDIT;
	}

	@GetMapping(RouteListController.PATH + "/{id:[0-9]+}")
	String edit(@PathVariable long id, @RequestParam long pbx, HttpServletRequest request, Model model) {
		// the revision first: whoever saves in between is noticed
		model.addAttribute("revision", this.routes.revision(pbx, id));
		var form = this.editor.form(route(pbx, id).route());
		model.addAttribute("page",
				this.editor.page(this.lists.pbx(pbx), id, form, true, RouteListController.mayEdit(request)));
		return EDIT;
	}

	@PostMapping(RouteListController.PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String add(@RequestParam long pbx, @RequestParam MultiValueMap<String, String> fields, HttpServletResponse response,
			Model model, RedirectAttributes redirect) {
		return act(pbx, null, fields, response, model, redirect);
	}

	@PostMapping(RouteListController.PATH + "/{id:[0-9]+}")
	@PreAuthorize("hasRole('OPERATOR')")
	String save(@PathVariable long id, @RequestParam long pbx, @RequestParam MultiValueMap<String, String> fields,
			HttpServletResponse response, Model model, RedirectAttributes redirect) {
		route(pbx, id);
		return act(pbx, id, fields, response, model, redirect);
	}

	/** What there is to say about a route while it is being typed. */
	@PostMapping(RouteListController.PATH + "/check")
	@PreAuthorize("hasRole('OPERATOR')")
	String check(@RequestParam long pbx, @RequestParam(required = false) @Nullable Long id,
			@RequestParam(defaultValue = "") String tried, @RequestParam MultiValueMap<String, String> fields,
			Model model) {
		model.addAttribute("feedback", this.editor.feedback(this.lists.pbx(pbx), id, RouteForm.read(fields), tried));
		return EDIT + " :: points(feedback=${feedback},notes=true)";
	}

	/**
	 * The saved patterns as a file.
	 * @param freepbx whether FreePBX shall read it, which knows no {@code !}
	 */
	@GetMapping(RouteListController.PATH + "/{id:[0-9]+}/patterns.csv")
	ResponseEntity<byte[]> export(@PathVariable long id, @RequestParam long pbx,
			@RequestParam(required = false) boolean freepbx) {
		var rules = route(pbx, id).route().rules();
		var csv = freepbx ? PatternCsv.exportForFreePbx(rules) : PatternCsv.export(rules);
		return ResponseEntity.ok()
			.contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"dial-patterns-" + id + ".csv\"")
			.body(csv.getBytes(StandardCharsets.UTF_8));
	}

	@PostMapping(RouteListController.PATH + "/{id:[0-9]+}/delete")
	@PreAuthorize("hasRole('OPERATOR')")
	String delete(@PathVariable long id, @RequestParam long pbx, RedirectAttributes redirect) {
		var name = route(pbx, id).route().name();
		this.routes.delete(pbx, id);
		redirect.addFlashAttribute("notice", this.words.say("routes.deleted", name));
		return "redirect:" + RouteListController.url(pbx);
	}

	private StoredRoute route(long pbx, long id) {
		return this.routes.find(this.lists.pbx(pbx).id(), id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private String act(long pbx, @Nullable Long id, MultiValueMap<String, String> fields, HttpServletResponse response,
			Model model, RedirectAttributes redirect) {
		var form = RouteForm.read(fields);
		var seen = seen(fields);
		model.addAttribute("revision", seen);
		var act = String.valueOf(fields.getFirst("act"));
		var remove = fields.getFirst("remove");
		if (remove != null && remove.matches("[0-9]{1,6}")) {
			return show(pbx, id, form.without(Integer.parseInt(remove) - 1), model);
		}
		var use = fields.getFirst("use");
		if (use != null && use.matches("[0-9]{1,6}")) {
			return show(pbx, id, this.editor.offered(this.lists.pbx(pbx), id, form, Integer.parseInt(use)), model);
		}
		return switch (act) {
			case "row" -> show(pbx, id, form.plus(List.of(DialRule.of(""))), model);
			case "preset" -> show(pbx, id,
					form.plus(this.editor.preset(this.lists.pbx(pbx), String.valueOf(fields.getFirst("preset")))),
					model);
			case "preview" -> {
				model.addAttribute("csv", ImportPreview.of(csv(fields), this.words));
				yield show(pbx, id, form, model);
			}
			case "take" -> show(pbx, id, taken(form, fields), model);
			case "drop" -> show(pbx, id, form, model);
			case "save", "apply" -> save(pbx, id, form, seen, act.equals("apply"), response, model, redirect);
			default -> throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
		};
	}

	/** The revision that the form was filled from, {@code null} for a new route. */
	private static @Nullable Long seen(MultiValueMap<String, String> fields) {
		var text = String.valueOf(fields.getFirst("revision"));
		return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
	}

	private static String csv(MultiValueMap<String, String> fields) {
		return fields.getOrDefault("csv", List.of("")).getFirst();
	}

	/** With the rules of the text, instead of those that are there or after them. */
	private static RouteForm taken(RouteForm form, MultiValueMap<String, String> fields) {
		var rules = (PatternCsv.parse(csv(fields)) instanceof PatternCsv.Preview preview) ? preview.rules()
				: List.<DialRule>of();
		return "replace".equals(fields.getFirst("mode")) && !rules.isEmpty() ? form.with(rules) : form.plus(rules);
	}

	private String show(long pbx, @Nullable Long id, RouteForm form, Model model) {
		model.addAttribute("page", this.editor.page(this.lists.pbx(pbx), id, form, false, true));
		return EDIT;
	}

	private String save(long pbx, @Nullable Long id, RouteForm form, @Nullable Long seen, boolean apply,
			HttpServletResponse response, Model model, RedirectAttributes redirect) {
		var at = this.lists.pbx(pbx);
		var route = form.toRoute();
		var password = form.asking().digits();
		return switch ((id != null) ? this.routes.save(pbx, id, route, password, seen)
				: this.routes.add(pbx, route, password)) {
			case SaveResult.Refused _ -> {
				response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
				model.addAttribute("refused", true);
				model.addAttribute("page", this.editor.page(at, id, form, true, true));
				yield EDIT;
			}
			case SaveResult.ChangedMeanwhile(var now, long revision) -> {
				response.setStatus(HttpStatus.CONFLICT.value());
				model.addAttribute("revision", revision);
				model.addAttribute("conflict", this.editor.words(at, now));
				model.addAttribute("page", this.editor.page(at, id, form, false, true));
				yield EDIT;
			}
			case SaveResult.Saved saved -> {
				redirect.addFlashAttribute("notice",
						this.words.say(
								!saved.changed() ? "routes.unchanged" : (id != null) ? "routes.saved" : "routes.added",
								route.name()));
				yield "redirect:" + (apply ? "/review" : RouteListController.url(pbx));
			}
		};
	}

}
