package io.tollgate.extension;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.tollgate.extension.ExtensionImports.Chosen;
import io.tollgate.extension.ExtensionImports.Preview;
import io.tollgate.extension.ExtensionImports.Verdict;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
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
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A file of extensions: chosen, looked at, taken over. It stays at the portal in between,
 * so that its preview has an address and pages.
 */
@Controller
class ImportController {

	static final String PATH = ExtensionFilter.PATH + "/import";

	private static final String CHOOSE = "extension/import";

	private static final String PREVIEW = "extension/import-preview";

	private final ExtensionImports imports;

	private final BulkEdits edits;

	private final PbxRegistry registry;

	private final MessageSource messages;

	ImportController(ExtensionImports imports, BulkEdits edits, PbxRegistry registry, MessageSource messages) {
		this.imports = imports;
		this.edits = edits;
		this.registry = registry;
		this.messages = messages;
	}

	@GetMapping(PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String choose(@RequestParam(required = false) @Nullable Long pbx, Model model) {
		model.addAttribute("pbxs", this.registry.all());
		model.addAttribute("chosen", pbx);
		return CHOOSE;
	}

	/** Reads a file; what it would do is another page. */
	@PostMapping(PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String read(@RequestParam long pbx, @RequestParam(required = false) @Nullable MultipartFile file,
			HttpServletResponse response, Model model, Locale locale) throws IOException {
		var at = this.registry.find(pbx).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		var id = UUID.randomUUID();
		var outcome = (file == null || file.isEmpty()) ? ImportFile.Refused.of("nothing")
				: this.imports.read(id, at, file);
		if (outcome instanceof ImportFile.Refused refused) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("error",
					text("extension.import.refused." + refused.code(), locale, refused.arguments().toArray()));
			return choose(pbx, model);
		}
		return "redirect:" + PATH + "/" + id;
	}

	@GetMapping(PATH + "/{file}")
	@PreAuthorize("hasRole('OPERATOR')")
	String preview(@PathVariable UUID file, @RequestParam(required = false) @Nullable String show,
			@RequestParam(required = false) @Nullable String page, Model model, Locale locale) {
		var chosen = chosen(file);
		var asked = Arrays.stream(Verdict.values()).filter((each) -> word(each).equals(show)).findFirst().orElse(null);
		int at = (page != null && page.matches("[0-9]{1,6}")) ? Math.max(0, Integer.parseInt(page) - 1) : 0;
		model.addAttribute("page", page(chosen, asked, at, locale));
		return PREVIEW;
	}

	/**
	 * Takes over what the preview showed.
	 * @param count how many extensions it said it would be
	 */
	@PostMapping(PATH + "/{file}")
	@PreAuthorize("hasRole('OPERATOR')")
	String takeOver(@PathVariable UUID file, @RequestParam int count, RedirectAttributes redirect, Locale locale) {
		var chosen = chosen(file);
		int work = work(this.imports.counts(file));
		if (work != count || work == 0) {
			redirect.addFlashAttribute("problem", text("extension.import.other-count", locale, count, work));
			return "redirect:" + PATH + "/" + file;
		}
		var list = UriComponentsBuilder.fromPath(ExtensionFilter.PATH).queryParam("pbx", chosen.pbxId()).toUriString();
		var edit = this.edits.start((author, progress) -> this.imports.takeOver(chosen, author, progress), work, list);
		if (!edit.good()) {
			return "redirect:" + BulkEditController.PATH.replace("{id}", edit.id().toString());
		}
		redirect.addFlashAttribute("notice", text("extension.import.done", locale, edit.changed()));
		return "redirect:" + list;
	}

	private Chosen chosen(UUID file) {
		return this.imports.find(file).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private static int work(Map<Verdict, Integer> counts) {
		return counts.getOrDefault(Verdict.NEW, 0) + counts.getOrDefault(Verdict.CHANGED, 0);
	}

	private ImportPage page(Chosen chosen, @Nullable Verdict show, int asked, Locale locale) {
		var counts = this.imports.counts(chosen.id());
		int total = (show != null) ? counts.getOrDefault(show, 0) : chosen.rows();
		int page = Math.min(asked, Math.max(0, Math.ceilDiv(total, ImportPage.SIZE) - 1));
		var chips = new ArrayList<ImportPage.Chip>();
		chips.add(new ImportPage.Chip("", chosen.rows(), show == null, url(chosen, null, 0)));
		for (var each : Verdict.values()) {
			chips.add(
					new ImportPage.Chip(each.name(), counts.getOrDefault(each, 0), show == each, url(chosen, each, 0)));
		}
		var rows = this.imports.rows(chosen.id(), show, page * ImportPage.SIZE, ImportPage.SIZE);
		var columns = chosen.columns()
			.stream()
			.sorted()
			.map((column) -> text("extension.import.column." + column, locale))
			.collect(Collectors.joining(", "));
		return new ImportPage(chosen.id(), this.registry.find(chosen.pbxId()).map(Pbx::name).orElse(""), chosen.rows(),
				columns, chosen.ignored(), chosen.charset(), work(counts), (show != null) ? show.name() : "", chips,
				rows.stream().map((row) -> row(row, locale)).toList(), page, total,
				(page > 0) ? url(chosen, show, page - 1) : null,
				((page + 1) * ImportPage.SIZE < total) ? url(chosen, show, page + 1) : null);
	}

	private static String url(Chosen chosen, @Nullable Verdict show, int page) {
		var url = UriComponentsBuilder.fromPath(PATH + "/" + chosen.id());
		if (show != null) {
			url.queryParam("show", word(show));
		}
		if (page > 0) {
			url.queryParam("page", page + 1);
		}
		return url.toUriString();
	}

	private static String word(Verdict verdict) {
		return verdict.name().toLowerCase(Locale.ROOT);
	}

	private ImportPage.Row row(Preview row, Locale locale) {
		var words = switch (row.verdict()) {
			case REFUSED -> List.of(text("extension.import.bad." + row.problem(), locale, row.argument()));
			case SAME -> List.<String>of();
			case NEW -> restrictions(row.then(), locale);
			case CHANGED -> changes(row, locale);
		};
		return new ImportPage.Row(row.line(), row.number(), row.name(), row.verdict().name(), words);
	}

	private List<String> restrictions(CallRestrictions then, Locale locale) {
		var words = new ArrayList<String>();
		if (then.disallowInternational()) {
			words.add(text("extension.csv.international", locale));
		}
		if (then.disallowOutbound()) {
			words.add(text("extension.csv.outbound", locale));
		}
		if (then.disallowOutsideBusinessHours()) {
			words.add(text("extension.csv.hours", locale));
		}
		var limit = then.maxDurationSeconds();
		if (limit != null) {
			words.add(text("extension.import.value", locale, text("extension.csv.duration", locale), limit));
		}
		return words.isEmpty() ? List.of(text("extension.import.unrestricted", locale)) : words;
	}

	private List<String> changes(Preview row, Locale locale) {
		var now = row.now();
		var then = row.then();
		var words = new ArrayList<String>();
		tick(words, "international", now.disallowInternational(), then.disallowInternational(), locale);
		tick(words, "outbound", now.disallowOutbound(), then.disallowOutbound(), locale);
		tick(words, "hours", now.disallowOutsideBusinessHours(), then.disallowOutsideBusinessHours(), locale);
		var before = limit(now, locale);
		var after = limit(then, locale);
		if (!before.equals(after)) {
			words.add(text("extension.import.change", locale, text("extension.csv.duration", locale), before, after));
		}
		return words;
	}

	private void tick(List<String> words, String field, boolean now, boolean then, Locale locale) {
		if (now != then) {
			words.add(text("extension.import.change", locale, text("extension.csv." + field, locale),
					text("extension.import.tick." + now, locale), text("extension.import.tick." + then, locale)));
		}
	}

	private String limit(CallRestrictions restrictions, Locale locale) {
		var limit = restrictions.maxDurationSeconds();
		return (limit != null) ? limit.toString() : text("extension.duration.none", locale);
	}

	private String text(String key, Locale locale, Object... arguments) {
		return this.messages.getMessage(key, arguments, locale);
	}

}
