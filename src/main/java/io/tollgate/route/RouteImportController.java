package io.tollgate.route;

import java.io.IOException;
import java.util.List;
import java.util.LinkedHashMap;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tollgate.pbx.Pbx;
import io.tollgate.route.RouteImportPage.Line;
import io.tollgate.route.RouteImportPage.TrunkLine;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Routes of a FreePBX: a file is chosen, what it would bring is looked at, some of it is
 * taken over. Nothing of it stays at the portal in between.
 */
@Controller
class RouteImportController {

	static final String PATH = RouteListController.PATH + "/import";

	private static final String PAGE = "route/import";

	private static final int SHOWN_PATTERNS = 6;

	private final RouteLists lists;

	private final RouteImports imports;

	private final Trunks trunks;

	private final RouteWords words;

	RouteImportController(RouteLists lists, RouteImports imports, Trunks trunks, RouteWords words) {
		this.lists = lists;
		this.imports = imports;
		this.trunks = trunks;
		this.words = words;
	}

	@GetMapping(PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String choose(@RequestParam long pbx, Model model) {
		model.addAttribute("pbx", this.lists.pbx(pbx));
		return PAGE;
	}

	/** Reads a file and shows what it would bring. */
	@PostMapping(PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String read(@RequestParam long pbx, @RequestParam(required = false) @Nullable MultipartFile file,
			HttpServletResponse response, Model model) throws IOException {
		var at = this.lists.pbx(pbx);
		switch (read(file)) {
			case ReadRoutes.Refused refused -> {
				response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
				model.addAttribute("error",
						this.words.say("routes.freepbx.refused." + refused.code(), refused.arguments().toArray()));
			}
			case ReadRoutes.Read read -> {
				var matched = this.imports.matched(pbx, read);
				model.addAttribute("page", page(at, read, matched, null, false));
			}
		}
		model.addAttribute("pbx", at);
		return PAGE;
	}

	private ReadRoutes read(@Nullable MultipartFile file) throws IOException {
		if (file == null || file.isEmpty()) {
			return new ReadRoutes.Refused("nothing", List.of());
		}
		var name = file.getOriginalFilename();
		try (var in = file.getInputStream()) {
			return this.imports.read((name != null) ? name : "", in);
		}
	}

	/**
	 * Takes over what is chosen, or, when {@code act} is {@code show}, shows it again
	 * with the trunks that are chosen.
	 */
	@PostMapping(PATH + "/take")
	@PreAuthorize("hasRole('OPERATOR')")
	String take(@RequestParam long pbx, @RequestParam MultiValueMap<String, String> fields,
			HttpServletResponse response, Model model, RedirectAttributes redirect) {
		var at = this.lists.pbx(pbx);
		var read = RouteImports.carried(String.valueOf(fields.getFirst("carried")))
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
		var chosen = trunks(pbx, read, fields);
		var wanted = wanted(fields);
		boolean above = "above".equals(fields.getFirst("place"));
		model.addAttribute("pbx", at);
		switch (String.valueOf(fields.getFirst("act"))) {
			case "show" -> {
				model.addAttribute("page", page(at, read, chosen, null, above));
				return PAGE;
			}
			case "take" -> {
			}
			default -> throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
		}
		var problem = "";
		switch (this.imports.take(pbx, read, chosen, String.valueOf(fields.getFirst("shown")), wanted, above)) {
			case ImportResult.Taken(int count) when count > 0 -> {
				redirect.addFlashAttribute("notice", this.words.say("routes.freepbx.done", count));
				return "redirect:" + RouteListController.url(pbx);
			}
			case ImportResult.Taken _ -> problem = this.words.say("routes.freepbx.none-chosen");
			case ImportResult.Changed _ -> problem = this.words.say("routes.freepbx.changed");
			case ImportResult.Refused refused ->
				problem = this.words.say("routes.freepbx.not", refused.route(), this.words.of(refused.problem()));
		}
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		model.addAttribute("error", problem);
		model.addAttribute("page", page(at, read, chosen, wanted, above));
		return PAGE;
	}

	/** Only those that there are: what else may be typed chooses none. */
	private Map<Integer, String> trunks(long pbx, ReadRoutes.Read read, MultiValueMap<String, String> fields) {
		var known = this.trunks.names(pbx);
		var chosen = new LinkedHashMap<Integer, String>();
		for (var trunk : read.trunks()) {
			var wanted = fields.getFirst("trunk-" + trunk.id());
			chosen.put(trunk.id(), (wanted != null && known.contains(wanted)) ? wanted : "");
		}
		return chosen;
	}

	private static Set<Integer> wanted(MultiValueMap<String, String> fields) {
		return fields.getOrDefault("route", List.of())
			.stream()
			.filter((index) -> index.matches("[0-9]{1,4}"))
			.map(Integer::valueOf)
			.collect(Collectors.toSet());
	}

	/**
	 * The page.
	 * @param wanted the routes that are chosen, {@code null} for all that are whole
	 */
	private RouteImportPage page(Pbx pbx, ReadRoutes.Read read, Map<Integer, String> chosen,
			@Nullable Set<Integer> wanted, boolean above) {
		var plan = this.imports.plan(pbx.id(), read, chosen);
		var lines = IntStream.range(0, plan.size())
			.mapToObj((i) -> line(i, plan.get(i), (wanted != null) ? wanted.contains(i) : plan.get(i).whole()))
			.toList();
		var trunks = read.trunks()
			.stream()
			.map((trunk) -> new TrunkLine(trunk.id(), this.imports.name(trunk), trunk.dial(),
					chosen.getOrDefault(trunk.id(), ""), notes(trunk)))
			.toList();
		return new RouteImportPage(pbx, RouteImports.carry(read), RouteImports.fingerprint(plan),
				this.trunks.names(pbx.id()), trunks, lines, above, read.pinsUnknown());
	}

	private static List<String> notes(FreePbxTrunk trunk) {
		var notes = new ArrayList<String>();
		if (trunk.off()) {
			notes.add("off");
		}
		if (trunk.rewrites()) {
			notes.add("rewrites");
		}
		return notes;
	}

	private static Line line(int index, PlannedRoute planned, boolean chosen) {
		var route = planned.route();
		var patterns = route.rules().stream().limit(SHOWN_PATTERNS).map(ImportPreview::text).toList();
		return new Line(index, route.name(), route.type().name(), route.enabled(), planned.possible(),
				chosen && planned.possible(), patterns, route.rules().size() - patterns.size(),
				String.join(", ", route.trunks()), route.callerId(), planned.refusals(), planned.notes(),
				planned.bad());
	}

}
