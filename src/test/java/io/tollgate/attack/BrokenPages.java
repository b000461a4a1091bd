package io.tollgate.attack;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** A page that fails, as no page of the portal does when asked to. */
@TestComponent
@Controller
class BrokenPages {

	static final String PATH = "/attack/broken";

	@GetMapping(PATH)
	String fail() {
		throw new IllegalStateException("secret of the cause");
	}

}
