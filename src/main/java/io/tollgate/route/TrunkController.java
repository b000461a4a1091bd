package io.tollgate.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.TrunkAnswer.Changed;
import io.tollgate.route.TrunkAnswer.Found;
import io.tollgate.route.TrunkAnswer.Gone;
import io.tollgate.route.TrunkAnswer.InUse;
import io.tollgate.route.TrunkAnswer.Refused;
import io.tollgate.route.TrunkAnswer.Unchanged;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
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
 * Extension and Trunk › Trunk: the lines that leave the PBXs, how each carrier reads
 * numbers, and what uses them.
 */
@Controller
class TrunkController {

	private static final String PATH = "/trunks";

	private static final String ONE = PATH + "/{pbx:[0-9]+}/{name}";

	private static final String EDIT = "route/trunk";

	private static final ListShape<Item> LIST = ListShape.<Item>empty()
		.text("name", "trunks.title", Item::name)
		.text("pbx", "routes.pbx", (item) -> item.pbx().name())
		.value("status", "trunks.status", Item::status)
		.value("numbers", "trunks.column.numbers", Item::reading)
		.number("routes", "trunks.used", (item) -> (long) item.routes().size())
		.looking("");

	private final PbxRegistry registry;

	private final Trunks trunks;

	private final Routes routes;

	private final MessageSource messages;

	TrunkController(PbxRegistry registry, Trunks trunks, Routes routes, MessageSource messages) {
		this.registry = registry;
		this.trunks = trunks;
		this.routes = routes;
		this.messages = messages;
	}

	/**
	 * The list.
	 * @param pbx only of that one, {@code null} for all
	 */
	@GetMapping(PATH)
	String list(@RequestParam(required = false) @Nullable Long pbx, ListQuery query, HttpServletRequest request,
			Model model, Locale locale) {
		var pbxs = this.registry.all();
		model.addAttribute("pbxs", pbxs);
		model.addAttribute("chosen", pbx);
		var items = pbxs.stream()
			.filter((each) -> pbx == null || each.id() == pbx)
			.flatMap((each) -> of(each).stream())
			.toList();
		model.addAttribute("list", LIST.show(ListAddress.of(PATH).with("pbx", pbx), query, items, Item::texts, locale));
		model.addAttribute("editable", RouteListController.mayEdit(request));
		return "route/trunks";
	}

	private List<Item> of(Pbx pbx) {
		var known = this.trunks.all(pbx.id());
		var stored = this.routes.list(pbx.id());
		var names = new TreeSet<String>();
		known.values().stream().filter(StoredTrunk::present).forEach((trunk) -> names.add(trunk.name()));
		stored.forEach((route) -> names.addAll(route.route().trunks()));
		var items = new ArrayList<Item>();
		for (var name : names) {
			items.add(new Item(name, pbx, known.get(name), using(stored, name)));
		}
		return items;
	}

	private static List<StoredRoute> using(List<StoredRoute> routes, String trunk) {
		return routes.stream().filter((route) -> route.route().trunks().contains(trunk)).toList();
	}

	@GetMapping(PATH + "/new")
	@PreAuthorize("hasRole('OPERATOR')")
	String create(@RequestParam(required = false) @Nullable Long pbx, HttpServletRequest request, Model model) {
		var pbxs = this.registry.all();
		if (pbxs.isEmpty()) {
			return "redirect:" + PATH;
		}
		var form = new Form((pbx != null) ? pbx : pbxs.getFirst().id(), "", Trunk.PLAIN);
		return page(null, form, Map.of(), request, model);
	}

	@GetMapping(ONE)
	String edit(@PathVariable long pbx, @PathVariable String name, HttpServletRequest request, Model model) {
		var trunk = trunk(pbx, name);
		return page(trunk, new Form(pbx, name, trunk.trunk()), Map.of(), request, model);
	}

	@PostMapping(PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String add(@RequestParam long pbx, @RequestParam MultiValueMap<String, String> fields, HttpServletRequest request,
			HttpServletResponse response, Model model, RedirectAttributes redirect) {
		pbx(pbx);
		var form = Form.read(pbx, Form.text(fields, "name"), fields);
		return answer(this.trunks.add(pbx, form.name(), form.trunk()), null, form, request, response, model, redirect);
	}

	@PostMapping(ONE)
	@PreAuthorize("hasRole('OPERATOR')")
	String save(@PathVariable long pbx, @PathVariable String name, @RequestParam MultiValueMap<String, String> fields,
			HttpServletRequest request, HttpServletResponse response, Model model, RedirectAttributes redirect) {
		var trunk = trunk(pbx, name);
		var form = Form.read(pbx, name, fields);
		return answer(this.trunks.change(pbx, name, form.trunk()), trunk, form, request, response, model, redirect);
	}

	@PostMapping(ONE + "/remove")
	@PreAuthorize("hasRole('OPERATOR')")
	String remove(@PathVariable long pbx, @PathVariable String name, RedirectAttributes redirect) {
		trunk(pbx, name);
		var answer = this.trunks.remove(pbx, name);
		if (answer instanceof InUse(var routes)) {
			redirect.addFlashAttribute("problem", say("trunks.kept", name, routes.getFirst(), routes.size() - 1));
			return "redirect:" + PATH + "/" + pbx + "/" + name;
		}
		if (!(answer instanceof Changed)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		redirect.addFlashAttribute("notice", say("trunks.removed", name));
		return "redirect:" + PATH + "?pbx=" + pbx;
	}

	private Pbx pbx(long id) {
		return this.registry.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private StoredTrunk trunk(long pbx, String name) {
		var trunk = this.trunks.all(pbx(pbx).id()).get(name);
		if (trunk == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		return trunk;
	}

	/**
	 * Where it goes on.
	 * @param trunk as it is stored, {@code null} for a new one
	 */
	private String answer(TrunkAnswer answer, @Nullable StoredTrunk trunk, Form form, HttpServletRequest request,
			HttpServletResponse response, Model model, RedirectAttributes redirect) {
		return switch (answer) {
			case Refused(var refusals) -> {
				response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
				var errors = new HashMap<String, String>();
				refusals.forEach((refusal) -> errors.putIfAbsent(refusal.field(),
						this.messages.getMessage(refusal, LocaleContextHolder.getLocale())));
				yield page(trunk, form, errors, request, model);
			}
			case Changed _, Unchanged _ -> {
				redirect.addFlashAttribute("notice", say((answer instanceof Unchanged) ? "trunks.unchanged"
						: (trunk != null) ? "trunks.saved" : "trunks.added", form.name()));
				yield "redirect:" + PATH + "?pbx=" + form.pbx();
			}
			case Gone _, Found _, InUse _ -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		};
	}

	private String page(@Nullable StoredTrunk trunk, Form form, Map<String, String> errors, HttpServletRequest request,
			Model model) {
		model.addAttribute("trunk", trunk);
		model.addAttribute("title", (trunk != null) ? trunk.name() : say("trunks.new"));
		model.addAttribute("pbx", pbx(form.pbx()));
		model.addAttribute("pbxs", this.registry.all());
		model.addAttribute("form", form);
		model.addAttribute("readings", Trunk.Reading.values());
		// asked for fields that are not in it
		model.addAttribute("errors", new HashMap<>(errors));
		model.addAttribute("uses",
				(trunk != null) ? using(this.routes.list(form.pbx()), trunk.name()) : List.<StoredRoute>of());
		model.addAttribute("editable", RouteListController.mayEdit(request));
		return EDIT;
	}

	private String say(String code, Object... arguments) {
		return this.messages.getMessage(code, arguments, LocaleContextHolder.getLocale());
	}

	/**
	 * One trunk of the list.
	 *
	 * @param stored {@code null} when only routes still name it
	 * @param routes those that use it, in their order
	 */
	record Item(String name, Pbx pbx, @Nullable StoredTrunk stored, List<StoredRoute> routes) {

		/** Whether routes can use it. */
		public boolean present() {
			return this.stored != null && this.stored.present();
		}

		public boolean byHand() {
			return this.stored != null && this.stored.byHand();
		}

		/** Those first that calls cannot leave by. */
		private int status() {
			return !present() ? 0 : byHand() ? 1 : 2;
		}

		/** How numbers are written to it. */
		private Trunk.@Nullable Reading reading() {
			return (this.stored != null) ? this.stored.trunk().reading() : null;
		}

		/** What is searched: also what is dialed, and the routes. */
		private List<String> texts() {
			var texts = new ArrayList<>(List.of(this.name, this.pbx.name()));
			if (this.stored != null) {
				texts.add(this.stored.trunk().dial());
			}
			this.routes.forEach((route) -> texts.add(route.route().name()));
			return texts;
		}

	}

	/** A trunk as it was typed. */
	record Form(long pbx, String name, Trunk trunk) {

		static Form read(long pbx, String name, MultiValueMap<String, String> fields) {
			var reading = Arrays.stream(Trunk.Reading.values())
				.filter((each) -> each.name().equals(fields.getFirst("reading")))
				.findFirst()
				.orElse(Trunk.Reading.AS_DIALLED);
			return new Form(pbx, name, new Trunk(text(fields, "dial"), reading, text(fields, "accessCode")));
		}

		private static String text(MultiValueMap<String, String> fields, String name) {
			return Objects.requireNonNullElse(fields.getFirst(name), "").strip();
		}

	}

}
