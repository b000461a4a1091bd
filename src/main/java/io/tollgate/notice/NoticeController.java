package io.tollgate.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;

import io.tollgate.audit.Scopes;
import io.tollgate.listing.ListAddress;
import io.tollgate.listing.ListQuery;
import io.tollgate.listing.ListShape;
import io.tollgate.pbx.VisiblePbxs;
import io.tollgate.policy.TimeZones;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * System › Notifications: who is told what happens. They tell of every PBX, so they are
 * for administrators who see all.
 */
@Controller
@PreAuthorize("hasRole('ADMINISTRATOR')")
class NoticeController {

	private static final String PATH = "/notifications";

	private static final String FORM = "form";

	private static final String SENT = PATH + "/sent";

	private static final int SHOWN = 10;

	/** Which messages can be asked for; empty for all. */
	private static final List<String> SHOWS = List.of("", "waiting", "given-up", "sent");

	private static final ListShape<Channel> LIST = ListShape.<Channel>empty()
		.text("name", "notice.channel", Channel::name)
		.plain("notice.told")
		.text("groups", "notice.groups", (channel) -> String.join(", ", new TreeSet<>(channel.groups())))
		.plain("notice.quiet")
		.value("state", "notice.state", Channel::enabled)
		.actions("notice.actions");

	private final Channels channels;

	private final Deliveries deliveries;

	private final DeliveryLog log;

	private final MailOutlet mail;

	private final VisiblePbxs visible;

	private final Scopes scopes;

	private final MessageSource messages;

	NoticeController(Channels channels, Deliveries deliveries, DeliveryLog log, MailOutlet mail, VisiblePbxs visible,
			Scopes scopes, MessageSource messages) {
		this.channels = channels;
		this.deliveries = deliveries;
		this.log = log;
		this.mail = mail;
		this.visible = visible;
		this.scopes = scopes;
		this.messages = messages;
	}

	@GetMapping(PATH)
	String list(ListQuery query, Model model, Locale locale) {
		this.visible.requireUnlimited();
		model.addAttribute("list", LIST.show(ListAddress.of(PATH), query, this.channels.all(),
				(channel) -> texts(channel, locale), locale));
		model.addAttribute("deliveries", this.log.recent(SHOWN));
		return "notice/channels";
	}

	/** System › Notifications › Sent. */
	@GetMapping(SENT)
	String sent(ListQuery query, @RequestParam(defaultValue = "") String show, Model model) {
		this.visible.requireUnlimited();
		var shown = SHOWS.contains(show) ? show : "";
		model.addAttribute("list", this.log.page(SENT, query, shown));
		model.addAttribute("show", shown);
		model.addAttribute("shows", SHOWS);
		return "notice/sent";
	}

	private List<String> texts(Channel channel, Locale locale) {
		var texts = new ArrayList<>(channel.groups());
		texts.add(channel.name());
		texts.add(channel.address());
		channel.tells().forEach((kind) -> texts.add(say("notice.kind." + kind.code(), locale)));
		return texts;
	}

	@GetMapping(PATH + "/new")
	String form(Model model) {
		this.visible.requireUnlimited();
		model.addAttribute(FORM, ChannelForm.NEW);
		return formPage(null, model);
	}

	@GetMapping(PATH + "/{id}")
	String edit(@PathVariable long id, Model model) {
		var channel = channel(id);
		model.addAttribute(FORM, ChannelForm.of(channel));
		return formPage(channel, model);
	}

	/** Shows the secret in the answer itself: it is nowhere else. */
	@PostMapping(PATH)
	String add(@Valid @ModelAttribute(FORM) ChannelForm form, BindingResult errors, Model model,
			HttpServletResponse response, RedirectAttributes redirect, Locale locale) {
		this.visible.requireUnlimited();
		check(form, form.chosenKind(), 0, errors);
		if (errors.hasErrors()) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return formPage(null, model);
		}
		var added = this.channels.add(form.wanted(0, form.chosenKind()));
		if (added.secret() == null) {
			return back("notice.added", added.channel().name(), redirect, locale);
		}
		model.addAttribute("made", added.channel());
		model.addAttribute("shown", added.secret());
		return "notice/made";
	}

	@PostMapping(PATH + "/{id}")
	String change(@PathVariable long id, @Valid @ModelAttribute(FORM) ChannelForm form, BindingResult errors,
			Model model, HttpServletResponse response, RedirectAttributes redirect, Locale locale) {
		var channel = channel(id);
		check(form, channel.kind(), id, errors);
		if (errors.hasErrors()) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return formPage(channel, model);
		}
		this.channels.change(form.wanted(id, channel.kind()));
		return back("notice.saved", form.name(), redirect, locale);
	}

	@PostMapping(PATH + "/{id}/remove")
	String remove(@PathVariable long id, RedirectAttributes redirect, Locale locale) {
		var channel = channel(id);
		this.channels.remove(channel);
		return back("notice.removed", channel.name(), redirect, locale);
	}

	/** Waits for what comes back, and says it. */
	@PostMapping(PATH + "/{id}/test")
	String test(@PathVariable long id, RedirectAttributes redirect, Locale locale) {
		var channel = channel(id);
		var answer = this.deliveries.test(channel);
		redirect.addFlashAttribute(answer.arrived() ? "notice" : "problem",
				say(answer.arrived() ? "notice.tested" : "notice.tested.not", locale, channel.name(), answer.said()));
		return "redirect:" + PATH;
	}

	private void check(ChannelForm form, ChannelKind kind, long id, BindingResult errors) {
		form.check(kind, this.scopes.groups(), errors);
		if (this.channels.isTaken(form.name(), id)) {
			errors.rejectValue("name", "notice.name.taken");
		}
	}

	private Channel channel(long id) {
		this.visible.requireUnlimited();
		return this.channels.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private String formPage(@Nullable Channel channel, Model model) {
		model.addAttribute("channel", channel);
		model.addAttribute("kinds", NoticeKind.values());
		model.addAttribute("severities", Severity.values());
		model.addAttribute("groups", new TreeSet<>(this.scopes.groups()));
		model.addAttribute("zones", TimeZones.byArea());
		model.addAttribute("mails", this.mail.isConfigured());
		return "notice/channel";
	}

	private String back(String key, String name, RedirectAttributes redirect, Locale locale) {
		redirect.addFlashAttribute("notice", say(key, locale, name));
		return "redirect:" + PATH;
	}

	private String say(String key, Locale locale, Object... arguments) {
		return Objects.requireNonNull(this.messages.getMessage(key, arguments, locale));
	}

}
