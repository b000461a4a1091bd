package io.tollgate.leak;

import java.util.Locale;

import io.tollgate.listing.ListQuery;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Tools › Leak check. */
@Controller
class LeakController {

	static final String PATH = "/leaks";

	static final String FOUND = PATH + "/found";

	private final LeakPages pages;

	private final Checks checks;

	private final PbxVisits visits;

	private final Mends mends;

	private final RoutesAlone alone;

	private final PbxRegistry registry;

	private final LeakWords words;

	private final MessageSource messages;

	LeakController(LeakPages pages, Checks checks, PbxVisits visits, Mends mends, RoutesAlone alone,
			PbxRegistry registry, LeakWords words, MessageSource messages) {
		this.pages = pages;
		this.checks = checks;
		this.visits = visits;
		this.mends = mends;
		this.alone = alone;
		this.registry = registry;
		this.words = words;
		this.messages = messages;
	}

	@GetMapping(PATH)
	String show(@RequestParam(defaultValue = "live") String rules, @RequestParam(required = false) @Nullable Long pbx,
			ListQuery query, Model model, Locale locale) {
		model.addAttribute("page", page(rules, pbx, query, locale));
		return "leak/check";
	}

	/**
	 * The part that changes; htmx asks for it until nothing is left to check. What is
	 * there stays, with what is opened or focused in it, while nothing is different.
	 * @param state of what is there
	 */
	@GetMapping(FOUND)
	Object found(@RequestParam(defaultValue = "live") String rules, @RequestParam(required = false) @Nullable Long pbx,
			@RequestParam(defaultValue = "") String state, ListQuery query, Model model, Locale locale) {
		var page = page(rules, pbx, query, locale);
		if (page.state().equals(state)) {
			return ResponseEntity.noContent().build();
		}
		model.addAttribute("page", page);
		return "leak/check :: found";
	}

	private LeakPage page(String rules, @Nullable Long pbx, ListQuery query, Locale locale) {
		mustBeThere(pbx);
		return this.pages.show(Rules.of(rules), pbx, query, locale);
	}

	private void mustBeThere(@Nullable Long pbx) {
		if (pbx != null && this.registry.find(pbx).isEmpty()) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
	}

	/**
	 * Has everything be looked at again.
	 * @param target the only PBX that is meant
	 * @param pbx the only PBX that is shown
	 */
	@PostMapping(PATH + "/run")
	@PreAuthorize("hasRole('OPERATOR')")
	String run(@RequestParam(required = false) @Nullable Long target,
			@RequestParam(required = false) @Nullable Long pbx, @RequestParam(defaultValue = "live") String rules,
			RedirectAttributes redirect, Locale locale) {
		mustBeThere(target);
		this.visits.soon(target);
		this.checks.outdate(target);
		redirect.addFlashAttribute("notice", this.words.say("said.running", locale));
		return back(rules, pbx, redirect);
	}

	/**
	 * Closes a leak by an edit of the draft.
	 * @param target the PBX that has it
	 * @param leak its key
	 * @param pbx the only PBX that is shown
	 */
	@PostMapping(PATH + "/mend")
	@PreAuthorize("hasRole('OPERATOR')")
	String mend(@RequestParam long target, @RequestParam String leak, @RequestParam(defaultValue = "live") String rules,
			@RequestParam(required = false) @Nullable Long pbx, RedirectAttributes redirect, Locale locale) {
		var of = this.registry.find(target).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		var found = this.pages.find(target, Rules.of(rules), leak);
		var mended = found.isPresent() ? this.mends.mend(of, found.get(), this.words.say("mend.note", locale))
				: new Mended.Gone();
		switch (mended) {
			case Mended.Made _ -> redirect.addFlashAttribute("notice", this.words.say("said.mended", locale));
			case Mended.Done _ -> redirect.addFlashAttribute("notice", this.words.say("said.done", locale));
			case Mended.Gone _ -> redirect.addFlashAttribute("problem", this.words.say("said.gone", locale));
			case Mended.Refused refused ->
				redirect.addFlashAttribute("problem", this.messages.getMessage(refused.why(), locale));
		}
		return back(rules, pbx, redirect);
	}

	private static String back(String rules, @Nullable Long pbx, RedirectAttributes redirect) {
		redirect.addAttribute("rules", Rules.of(rules).code());
		if (pbx != null) {
			redirect.addAttribute("pbx", pbx);
		}
		return "redirect:" + PATH;
	}

	/** What the routes would let out by themselves. */
	@GetMapping(PATH + "/routes-alone")
	String alone(@RequestParam(required = false) @Nullable Long pbx, Model model, Locale locale) {
		if (pbx != null) {
			var of = this.alone.find(pbx).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
			model.addAttribute("answer", this.alone.ask(of, locale));
		}
		model.addAttribute("fleet", this.alone.fleet());
		return "leak/routes-alone";
	}

}
