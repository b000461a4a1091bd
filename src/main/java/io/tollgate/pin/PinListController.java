package io.tollgate.pin;

import java.util.List;
import java.util.Map;

import io.github.wimdeblauwe.htmx.spring.boot.mvc.HtmxRequest;
import io.tollgate.listing.ListQuery;
import io.tollgate.pin.PinChange.Changed;
import io.tollgate.pin.PinChange.Gone;
import io.tollgate.pin.PinChange.Refused;
import io.tollgate.pin.PinChange.Unchanged;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Call Control › PIN List. A PIN that was typed never comes back in a page; one that the
 * portal made up is in the answer to that request and nowhere else.
 */
@Controller
class PinListController {

	static final String PATH = "/pin-lists";

	private static final String LISTS = "pin/lists";

	private static final String LIST = "pin/list";

	private final PinLists lists;

	private final PinPages pages;

	PinListController(PinLists lists, PinPages pages) {
		this.lists = lists;
		this.pages = pages;
	}

	/** Asking a request for a role does not know that an administrator is an operator. */
	@ModelAttribute("editable")
	boolean mayEdit(HttpServletRequest request) {
		return request.isUserInRole("OPERATOR") || request.isUserInRole("ADMINISTRATOR");
	}

	@GetMapping(PATH)
	String all(ListQuery query, Model model) {
		return all(query, Map.of(), "", model);
	}

	private String all(ListQuery query, Map<String, String> errors, String name, Model model) {
		model.addAttribute("list", this.pages.all(query));
		model.addAttribute("errors", errors);
		model.addAttribute("name", name);
		return LISTS;
	}

	@GetMapping(PATH + "/{key}")
	String one(@PathVariable String key, ListQuery query, Model model) {
		return one(key, query, Map.of(), Map.of(), model);
	}

	private String one(String key, Map<String, String> errors, Map<String, String> typed, Model model) {
		return one(key, ListQuery.USUAL, errors, typed, model);
	}

	/**
	 * The page of a list.
	 * @param query which of its PINs are shown
	 * @param errors by field
	 * @param typed by field, never a PIN
	 */
	private String one(String key, ListQuery query, Map<String, String> errors, Map<String, String> typed,
			Model model) {
		var list = this.pages.find(key).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		model.addAttribute("list", list);
		model.addAttribute("pins", this.pages.pins(list, query));
		boolean shared = !this.pages.isWhole(key);
		model.addAttribute("shared", shared);
		model.addAttribute("editable", !shared && Boolean.TRUE.equals(model.getAttribute("editable")));
		model.addAttribute("errors", errors);
		model.addAttribute("label", typed.getOrDefault("label", ""));
		model.addAttribute("name", typed.getOrDefault("name", list.name()));
		return LIST;
	}

	@PostMapping(PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String create(@RequestParam String name, HttpServletResponse response, Model model, RedirectAttributes redirect) {
		return switch (this.lists.create(name)) {
			case Changed changed -> {
				redirect.addFlashAttribute("notice", this.pages.say("pin.created", name.strip()));
				yield to(changed.key());
			}
			case Unchanged _ -> "redirect:" + PATH;
			case Refused refused -> {
				response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
				yield all(ListQuery.USUAL, Map.of("name", this.pages.say(refused)), name, model);
			}
		};
	}

	private static String to(String key) {
		return "redirect:" + PATH + "/" + key;
	}

	/** Adds a PIN that was typed. */
	@PostMapping(PATH + "/{key}/pins")
	@PreAuthorize("hasRole('OPERATOR')")
	String add(@PathVariable String key, @RequestParam String label, @RequestParam(defaultValue = "") String pin,
			HttpServletResponse response, Model model, RedirectAttributes redirect) {
		var wanted = List.of(new NewPin(label, pin));
		if (this.lists.add(key, wanted) instanceof Refused refused) {
			return refused(key, refused, label, response, model, redirect);
		}
		redirect.addFlashAttribute("notice", this.pages.say("pin.added", 1, label.strip()));
		redirect.addFlashAttribute("weak", this.pages.weak(wanted));
		return to(key);
	}

	/**
	 * Makes up a PIN, and shows it in the answer itself: it is kept nowhere, not even for
	 * a redirect.
	 */
	@PostMapping(PATH + "/{key}/made-up")
	@PreAuthorize("hasRole('OPERATOR')")
	String makeUp(@PathVariable String key, @RequestParam String label, HttpServletResponse response, Model model,
			RedirectAttributes redirect) {
		var pin = new NewPin(label, Pins.madeUp());
		var change = this.lists.add(key, List.of(pin));
		while (change instanceof PinChange.TakenPin) {
			pin = new NewPin(label, Pins.madeUp());
			change = this.lists.add(key, List.of(pin));
		}
		if (change instanceof Refused refused) {
			return refused(key, refused, label, response, model, redirect);
		}
		model.addAttribute("issued", new PinPages.Issued(label.strip(), pin.digits()));
		return one(key, Map.of(), Map.of(), model);
	}

	private String refused(String key, Refused refused, String label, HttpServletResponse response, Model model,
			RedirectAttributes redirect) {
		if (refused instanceof Gone) {
			return gone(refused, redirect);
		}
		boolean digits = refused instanceof PinChange.NoPin || refused instanceof PinChange.TakenPin;
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		return one(key, Map.of(digits ? "pin" : "label", this.pages.say(refused)), Map.of("label", label), model);
	}

	private String gone(Refused refused, RedirectAttributes redirect) {
		redirect.addFlashAttribute("problem", this.pages.say(refused));
		return "redirect:" + PATH;
	}

	/** Adds many, or none and says why. With htmx the text stays in the browser. */
	@PostMapping(PATH + "/{key}/many")
	@PreAuthorize("hasRole('OPERATOR')")
	String many(@PathVariable String key, @RequestParam String text, HtmxRequest htmx, HttpServletResponse response,
			Model model, RedirectAttributes redirect) {
		this.pages.requireEditable(key);
		if (this.pages.find(key).isEmpty()) {
			return gone(new Gone(), redirect);
		}
		var batch = PinBatch.read(text);
		var problems = this.pages.problems(key, batch);
		if (problems.isEmpty() && this.lists.add(key, batch.pins()) instanceof Refused refused) {
			problems = List.of(this.pages.say(refused));
		}
		if (!problems.isEmpty()) {
			model.addAttribute("problems", problems);
			if (htmx.isHtmxRequest()) {
				return LIST + " :: problems";
			}
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return one(key, Map.of(), Map.of(), model);
		}
		var labels = batch.pins().stream().map(NewPin::label).toList();
		redirect.addFlashAttribute("notice", this.pages.say("pin.added", labels.size(), String.join(", ", labels)));
		redirect.addFlashAttribute("weak", this.pages.weak(batch.pins()));
		return (htmx.isHtmxRequest() ? "redirect:htmx:" : "redirect:") + PATH + "/" + key;
	}

	@PostMapping(PATH + "/{key}/remove")
	@PreAuthorize("hasRole('OPERATOR')")
	String remove(@PathVariable String key, @RequestParam String label, ListQuery shown, RedirectAttributes redirect) {
		if (this.lists.remove(key, label) instanceof Refused refused) {
			redirect.addFlashAttribute("problem", this.pages.say(refused));
			return this.pages.find(key).isEmpty() ? "redirect:" + PATH : to(key);
		}
		redirect.addFlashAttribute("notice", this.pages.say("pin.removed", label));
		return "redirect:" + PinPages.at(key).url(shown);
	}

	@PostMapping(PATH + "/{key}/name")
	@PreAuthorize("hasRole('OPERATOR')")
	String rename(@PathVariable String key, @RequestParam String name, HttpServletResponse response, Model model,
			RedirectAttributes redirect) {
		return switch (this.lists.rename(key, name)) {
			case Changed _ -> {
				redirect.addFlashAttribute("notice", this.pages.say("pin.renamed", name.strip()));
				yield to(key);
			}
			case Unchanged _ -> to(key);
			case Gone gone -> gone(gone, redirect);
			case Refused refused -> {
				response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
				yield one(key, Map.of("name", this.pages.say(refused)), Map.of("name", name), model);
			}
		};
	}

	@PostMapping(PATH + "/{key}/delete")
	@PreAuthorize("hasRole('OPERATOR')")
	String delete(@PathVariable String key, RedirectAttributes redirect) {
		var name = this.pages.find(key).map(PinPages.Shown::name).orElse("");
		if (this.lists.delete(key) instanceof Refused refused) {
			redirect.addFlashAttribute("problem", this.pages.say(refused));
			return (refused instanceof Gone) ? "redirect:" + PATH : to(key);
		}
		redirect.addFlashAttribute("notice", this.pages.say("pin.deleted", name));
		return "redirect:" + PATH;
	}

}
