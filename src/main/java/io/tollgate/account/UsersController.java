package io.tollgate.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

import io.tollgate.account.UserAnswer.Done;
import io.tollgate.account.UserAnswer.Gone;
import io.tollgate.account.UserAnswer.Oneself;
import io.tollgate.account.UserAnswer.Taken;
import io.tollgate.account.UserAnswer.Unchanged;
import io.tollgate.audit.CurrentActor;
import io.tollgate.audit.Scopes;
import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
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

/** System › Users and roles. */
@Controller
@PreAuthorize("hasRole('ADMINISTRATOR')")
class UsersController {

	static final String PATH = "/users";

	private static final String ONE = PATH + "/{id}";

	private static final ListShape<Item> LIST = ListShape.<Item>empty()
		.text("name", "account.user", (item) -> item.account().displayName())
		.value("role", "account.role", (item) -> item.account().role())
		.text("groups", "account.scope", (item) -> String.join(", ", item.account().groups()))
		.value("passkeys", "account.secondFactor", Item::passkeys)
		.time("seen", "account.lastSeen", Item::seenAt)
		.value("status", "account.status", Item::status);

	private final Users users;

	private final Accounts accounts;

	private final Sessions sessions;

	private final Passkeys passkeys;

	private final Scopes scopes;

	private final PublicUrl url;

	private final CurrentActor actor;

	private final MessageSource messages;

	UsersController(Users users, Accounts accounts, Sessions sessions, Passkeys passkeys, Scopes scopes, PublicUrl url,
			CurrentActor actor, MessageSource messages) {
		this.users = users;
		this.accounts = accounts;
		this.sessions = sessions;
		this.passkeys = passkeys;
		this.scopes = scopes;
		this.url = url;
		this.actor = actor;
		this.messages = messages;
	}

	@GetMapping(PATH)
	String list(ListQuery query, Model model, Locale locale) {
		var links = this.users.openLinks();
		var passkeys = this.passkeys.counts();
		var items = this.users.all()
			.stream()
			.map((account) -> new Item(account, links.get(account.id()), passkeys.getOrDefault(account.username(), 0),
					account.username().equals(this.actor.name())))
			.toList();
		model.addAttribute("list",
				LIST.show(ListAddress.of(PATH), query, items, (item) -> texts(item.account(), locale), locale));
		return "account/users";
	}

	private List<String> texts(Account account, Locale locale) {
		var texts = new ArrayList<>(account.groups());
		texts.add(account.displayName());
		texts.add(account.username());
		texts.add(this.messages.getMessage("frame.role." + account.role(), null, locale));
		return texts;
	}

	@GetMapping(PATH + "/new")
	String invitation(Model model) {
		model.addAttribute("form", new InviteForm("", RightsForm.NEW));
		return invitationPage(model);
	}

	@PostMapping(PATH)
	String invite(@Valid @ModelAttribute("form") InviteForm form, BindingResult errors, Model model,
			HttpServletResponse response) {
		form.rights().check(this.scopes.groups(), errors, "rights.");
		if (!errors.hasErrors()) {
			var answer = this.users.invite(form.username(), form.rights().chosen(), form.rights().scope(),
					this.accounts.hash(OneTimeToken.make()));
			if (answer instanceof Done done) {
				return linkPage(done, model);
			}
			errors.rejectValue("username", "account.username.taken");
		}
		response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
		return invitationPage(model);
	}

	@GetMapping(ONE)
	String show(@PathVariable long id, Model model) {
		var account = account(id);
		model.addAttribute("form", RightsForm.of(account));
		return page(account, model);
	}

	@PostMapping(ONE + "/rights")
	String changeRights(@PathVariable long id, @ModelAttribute("form") RightsForm form, BindingResult errors,
			Model model, RedirectAttributes redirect, HttpServletResponse response) {
		var account = account(id);
		var known = this.scopes.groups();
		known.addAll(account.groups());
		form.check(known, errors, "");
		if (errors.hasErrors()) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return page(account, model);
		}
		return answer(this.users.changeRights(id, form.chosen(), form.scope()), id, "account.user.saved", redirect);
	}

	@PostMapping(ONE + "/disable")
	String disable(@PathVariable long id, RedirectAttributes redirect) {
		return answer(this.users.disable(id), id, "account.user.disabled", redirect);
	}

	@PostMapping(ONE + "/enable")
	String enable(@PathVariable long id, RedirectAttributes redirect) {
		return answer(this.users.enable(id), id, "account.user.enabled", redirect);
	}

	@PostMapping(ONE + "/sessions/end")
	String endSessions(@PathVariable long id, RedirectAttributes redirect) {
		return answer(this.users.endSessions(id), id, "account.user.sessions-ended", redirect);
	}

	@PostMapping(ONE + "/second-factor/reset")
	String resetSecondFactor(@PathVariable long id, RedirectAttributes redirect) {
		return answer(this.users.resetSecondFactor(id), id, "account.user.second-factor-reset", redirect);
	}

	/** Shows the link in the answer itself: it is nowhere else, not even in a session. */
	@PostMapping(ONE + "/link")
	String makeLink(@PathVariable long id, Model model, RedirectAttributes redirect) {
		var answer = this.users.resetPassword(id, this.accounts.hash(OneTimeToken.make()));
		return (answer instanceof Done done) ? linkPage(done, model) : answer(answer, id, "", redirect);
	}

	@PostMapping(ONE + "/revoke")
	String revoke(@PathVariable long id, RedirectAttributes redirect) {
		var answer = this.users.revoke(id);
		if (answer instanceof Done(Account account, String _)) {
			redirect.addFlashAttribute("notice", say("account.user.revoked", account.username()));
			return "redirect:" + PATH;
		}
		return answer(answer, id, "", redirect);
	}

	private String answer(UserAnswer answer, long id, String done, RedirectAttributes redirect) {
		switch (answer) {
			case Done(Account account, String _) ->
				redirect.addFlashAttribute("notice", say(done, account.displayName()));
			case Unchanged(Account account) ->
				redirect.addFlashAttribute("notice", say("account.user.unchanged", account.displayName()));
			case Oneself _ -> redirect.addFlashAttribute("problem", say("account.user.oneself"));
			case Taken _, Gone _ -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		return "redirect:" + PATH + "/" + id;
	}

	private String linkPage(Done done, Model model) {
		model.addAttribute("user", done.account());
		model.addAttribute("link", WelcomeController.link(this.url, done.token()));
		model.addAttribute("hours", PasswordLinks.LIFETIME.toHours());
		return "account/link";
	}

	private String invitationPage(Model model) {
		model.addAttribute("groups", this.scopes.groups());
		return "account/invite";
	}

	private String page(Account account, Model model) {
		var groups = new TreeSet<>(this.scopes.groups());
		groups.addAll(account.groups());
		model.addAttribute("user", account);
		model.addAttribute("groups", groups);
		model.addAttribute("link", this.users.openLinks().get(account.id()));
		model.addAttribute("sessions", this.sessions.of(account.username()));
		model.addAttribute("passkeys", this.passkeys.of(account.username()).size());
		model.addAttribute("oneself", account.username().equals(this.actor.name()));
		return "account/user";
	}

	private Account account(long id) {
		return this.users.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private String say(String code, Object... arguments) {
		Locale locale = LocaleContextHolder.getLocale();
		return this.messages.getMessage(code, arguments, locale);
	}

	/**
	 * A row.
	 *
	 * @param link until when their unused link works, {@code null} for none
	 * @param passkeys how many they have
	 * @param oneself whether it is the reader, who is here now
	 */
	record Item(Account account, @Nullable Instant link, int passkeys, boolean oneself) {

		@Nullable Instant seenAt() {
			return this.oneself ? Instant.MAX : this.account.lastSeenAt();
		}

		Status status() {
			if (!this.account.enabled()) {
				return Status.DISABLED;
			}
			if (this.account.invited()) {
				return (this.link != null) ? Status.INVITED : Status.LAPSED;
			}
			return (this.link != null) ? Status.LINK : Status.ENABLED;
		}

	}

	/** What has become of an account, those first that need somebody. */
	enum Status {

		/** May not sign in. */
		DISABLED,
		/** Invited, and the link works no more. */
		LAPSED,
		/** Invited. */
		INVITED,
		/** May set a new password. */
		LINK,
		/** Nothing special. */
		ENABLED

	}

	/** The roles to choose from, the least first. */
	@ModelAttribute("roles")
	static List<Role> roles() {
		return List.of(Role.values());
	}

}
