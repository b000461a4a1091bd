package io.tollgate.policyfile;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import io.tollgate.audit.CurrentActor;
import io.tollgate.pbx.NotThereException;
import io.tollgate.policyfile.KeptFiles.Kept;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A file of policies: chosen, looked at, taken over as it was looked at. It stays at the
 * portal in between, so that what it would do has an address, also after a sign-in.
 */
@Controller
class PolicyImportController {

	static final String PATH = "/policies/import";

	private final KeptFiles files;

	private final PolicyImport imports;

	private final PlanWords words;

	private final CurrentActor actor;

	private final MessageSource messages;

	PolicyImportController(KeptFiles files, PolicyImport imports, PlanWords words, CurrentActor actor,
			MessageSource messages) {
		this.files = files;
		this.imports = imports;
		this.words = words;
		this.actor = actor;
		this.messages = messages;
	}

	@GetMapping(PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String choose(Model model) {
		model.addAttribute("manages", manages());
		return "policyfile/import";
	}

	/** Keeps a file; what it would do is another page. */
	@PostMapping(PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String keep(@RequestParam(required = false) @Nullable MultipartFile file,
			@RequestParam(defaultValue = "false") boolean prune, HttpServletResponse response, Model model,
			Locale locale) throws IOException {
		if (file == null || file.isEmpty()) {
			return refused(text("import.nothing", locale), response, model);
		}
		try {
			var text = PolicyFileReader.text(file.getBytes());
			var id = this.files.keep(Objects.requireNonNullElse(file.getOriginalFilename(), ""), prune, text);
			return "redirect:" + PATH + "/" + id;
		}
		catch (FaultyFileException ex) {
			return refused(this.words.fault(ex.faults().getFirst(), locale), response, model);
		}
	}

	private String refused(String why, HttpServletResponse response, Model model) {
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		model.addAttribute("error", why);
		return choose(model);
	}

	@GetMapping(PATH + "/{file}")
	@PreAuthorize("hasRole('OPERATOR')")
	String plan(@PathVariable UUID file, Model model, Locale locale) {
		model.addAttribute("page", page(kept(file), locale));
		return "policyfile/import-plan";
	}

	/**
	 * Takes over what was shown.
	 * @param review of what was shown
	 */
	@PostMapping(PATH + "/{file}")
	@PreAuthorize("hasRole('OPERATOR')")
	String takeOver(@PathVariable UUID file, @RequestParam String review, RedirectAttributes redirect, Locale locale) {
		var kept = kept(file);
		try {
			var taken = this.imports.take(PolicyFileReader.read(kept.text()), terms(kept), review,
					(edits) -> this.files.forget(file));
			if (taken instanceof Taken.Over(var edits)) {
				redirect.addFlashAttribute("notice", text("import.done", locale, edits.size()));
				return "redirect:/review";
			}
			redirect.addFlashAttribute("problem", text("import.changed", locale));
		}
		catch (FaultyFileException ex) {
			// the page says all that is wrong by now
			redirect.addFlashAttribute("problem", text("import.wrong", locale));
		}
		return "redirect:" + PATH + "/" + file;
	}

	private Kept kept(UUID file) {
		return this.files.find(file).orElseThrow(NotThereException::new);
	}

	private Terms terms(Kept kept) {
		return new Terms(kept.prune(), manages());
	}

	private boolean manages() {
		return this.actor.is("ADMINISTRATOR");
	}

	private PlanPage page(Kept kept, Locale locale) {
		try {
			var planned = this.imports.plan(PolicyFileReader.read(kept.text()), terms(kept));
			var told = this.words.tell(planned.edits(), planned.pbxs(), locale);
			return new PlanPage(kept.id(), kept.name(), kept.prune(), List.of(), told.policies(),
					told.pending().stream().map(PlanPage.Block::of).toList(), planned.review());
		}
		catch (FaultyFileException ex) {
			return new PlanPage(kept.id(), kept.name(), kept.prune(), ex.faults()
				.stream()
				.map((fault) -> new PlanPage.FaultLine(fault.line(), fault.path(), this.words.fault(fault, locale)))
				.toList(), List.of(), List.of(), "");
		}
	}

	private String text(String key, Locale locale, Object... arguments) {
		return this.messages.getMessage("policyfile." + key, arguments, locale);
	}

}
