package io.tollgate.extension;

import java.util.UUID;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** The page of an edit that takes a while: it may be left and opened again. */
@Controller
class BulkEditController {

	static final String PATH = ExtensionFilter.PATH + "/edits/{id}";

	private static final String PAGE = "extension/progress";

	private final BulkEdits edits;

	BulkEditController(BulkEdits edits) {
		this.edits = edits;
	}

	@GetMapping(PATH)
	@PreAuthorize("hasRole('OPERATOR')")
	String show(@PathVariable UUID id, Model model) {
		model.addAttribute("edit", edit(id));
		return PAGE;
	}

	/** What htmx asks for again and again. */
	@GetMapping(PATH + "/progress")
	@PreAuthorize("hasRole('OPERATOR')")
	String progress(@PathVariable UUID id, Model model) {
		model.addAttribute("edit", edit(id));
		return PAGE + " :: live";
	}

	private BulkEdit edit(UUID id) {
		return this.edits.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

}
