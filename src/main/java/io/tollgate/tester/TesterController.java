package io.tollgate.tester;

import java.util.Locale;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Tools › Dial tester. Asking changes nothing, so the question is the address and can be
 * sent as a link.
 */
@Controller
class TesterController {

	private final DialTester tester;

	TesterController(DialTester tester) {
		this.tester = tester;
	}

	@GetMapping("/tester")
	String show(Question question, Model model, Locale locale) {
		model.addAttribute("question", question);
		model.addAttribute("answer", this.tester.answer(question, locale));
		model.addAttribute("fleet", this.tester.fleet());
		return "tester/tester";
	}

}
