package io.tollgate.account;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.tollgate.audit.CurrentActor;
import io.tollgate.audit.Scopes;
import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** System › API tokens: an administrator's are all, an operator's their own. */
@Controller
@PreAuthorize("hasRole('OPERATOR')")
class TokenController {

	static final String PATH = "/tokens";

	private static final String FORM = "form";

	private static final ListShape<Item> LIST = ListShape.<Item>empty()
		.text("name", "account.token", (item) -> item.token().name())
		.plain("account.token.may")
		.text("groups", "account.token.pbxs", (item) -> String.join(", ", item.token().groups()))
		.text("maker", "account.token.maker", (item) -> item.token().maker().displayName())
		.value("expires", "account.token.expires", (item) -> item.token().expiresAt())
		.time("used", "account.token.used", (item) -> item.token().lastUsedAt())
		.actions("account.token.actions");

	private final ApiTokens tokens;

	private final Scopes scopes;

	private final CurrentActor actor;

	private final PublicUrl url;

	private final MessageSource messages;

	private final Clock clock;

	TokenController(ApiTokens tokens, Scopes scopes, CurrentActor actor, PublicUrl url, MessageSource messages,
			Clock clock) {
		this.tokens = tokens;
		this.scopes = scopes;
		this.actor = actor;
		this.url = url;
		this.messages = messages;
		this.clock = clock;
	}

	@GetMapping(PATH)
	String list(ListQuery query, Model model, Locale locale) {
		var now = Instant.now(this.clock);
		var items = this.tokens.mine()
			.stream()
			.map((token) -> new Item(token, token.state(now), words(token)))
			.toList();
		model.addAttribute("list",
				LIST.show(ListAddress.of(PATH), query, items, (item) -> texts(item, locale), locale));
		return "account/tokens";
	}

	private List<String> texts(Item item, Locale locale) {
		var texts = new ArrayList<>(item.token().groups());
		texts.add(item.token().name());
		texts.add("tg_" + item.token().publicId());
		texts.add(item.token().maker().displayName());
		item.scopes()
			.forEach((scope) -> texts.add(this.messages.getMessage("account.token.scope." + scope, null, locale)));
		return texts;
	}

	@GetMapping(PATH + "/new")
	String form(Model model) {
		model.addAttribute(FORM, TokenForm.NEW);
		return formPage(model);
	}

	/** Shows it in the answer itself: it is nowhere else, not even in a session. */
	@PostMapping(PATH)
	String make(@Valid @ModelAttribute(FORM) TokenForm form, BindingResult errors, Model model,
			HttpServletResponse response) {
		form.check(choices(), errors);
		if (errors.hasErrors()) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return formPage(model);
		}
		var made = this.tokens.make(form.wanted());
		model.addAttribute("made", made.token());
		model.addAttribute("shown", made.secret().token());
		model.addAttribute("example", example(made.token()));
		return "account/token-made";
	}

	/** Something to read that this token may, {@code null} for nothing. */
	private @Nullable String example(ApiToken token) {
		if (token.scopes().contains(ApiScope.PBX_READ)) {
			return this.url.origin() + "/api/v1/pbxs";
		}
		if (token.scopes().contains(ApiScope.METRICS_READ)) {
			return this.url.origin() + MetricsAccess.PATH;
		}
		return token.scopes().contains(ApiScope.AUDIT_READ) ? this.url.origin() + "/api/v1/audit" : null;
	}

	@PostMapping(PATH + "/{id}/revoke")
	String revoke(@PathVariable long id, RedirectAttributes redirect, Locale locale) {
		var token = this.tokens.revoke(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		redirect.addFlashAttribute("notice", Objects
			.requireNonNull(this.messages.getMessage("account.token.revoked", new Object[] { token.name() }, locale)));
		return "redirect:" + PATH;
	}

	private String formPage(Model model) {
		model.addAttribute("groups", choices());
		model.addAttribute("scopes", words(Arrays.asList(ApiScope.values())));
		return "account/token-new";
	}

	/** Nobody gives away more than they have. */
	private Set<String> choices() {
		var own = this.actor.groups();
		return new TreeSet<>(own.isEmpty() ? this.scopes.groups() : own);
	}

	private static List<String> words(ApiToken token) {
		return words(token.scopes());
	}

	private static List<String> words(Collection<ApiScope> scopes) {
		return scopes.stream().map(ApiScope::word).toList();
	}

	/**
	 * A row.
	 *
	 * @param scopes the words of what it may be used for
	 */
	record Item(ApiToken token, ApiToken.State state, List<String> scopes) {
	}

}
