package io.tollgate.policy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.CountryNames;
import io.tollgate.policy.PolicyChange.Changed;
import io.tollgate.policy.PolicyChange.Refused;
import io.tollgate.policy.PolicyChange.Unchanged;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Says to people what became of a change: after a redirect, or to htmx. */
@Component
class PolicyAnswers {

	private final MessageSource messages;

	PolicyAnswers(MessageSource messages) {
		this.messages = messages;
	}

	static boolean isHtmx(HttpServletRequest request) {
		return request.getHeader("HX-Request") != null;
	}

	/** Sends the browser on, with what to say there. */
	String redirect(PolicyChange change, String url, HttpServletRequest request) {
		var locale = RequestContextUtils.getLocale(request);
		RequestContextUtils.getOutputFlashMap(request)
			.put((change instanceof Refused) ? "problem" : "notice", words(change, locale));
		return "redirect:" + url;
	}

	/** Sends the browser on, with that message of the bundle. */
	String redirect(String url, HttpServletRequest request, String key, Object... arguments) {
		RequestContextUtils.getOutputFlashMap(request)
			.put("notice", text(key, RequestContextUtils.getLocale(request), arguments));
		return "redirect:" + url;
	}

	/** Has the page's script show the words; the swapped part shows the rest. */
	void notice(PolicyChange change, HttpServletRequest request, HttpServletResponse response) {
		var words = words(change, RequestContextUtils.getLocale(request));
		response.setHeader("HX-Trigger", "{\"tollgate:notice\":\"" + ascii(words) + "\"}");
	}

	/** A refusal that no field of the page could show: the frame's script shows it. */
	ResponseEntity<String> refused(Refused refused, HttpServletRequest request) {
		return ResponseEntity.status(HttpStatus.UNPROCESSABLE_CONTENT)
			.contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
			.body(this.messages.getMessage(refused, RequestContextUtils.getLocale(request)));
	}

	String text(Refused refused, HttpServletRequest request) {
		return this.messages.getMessage(refused, RequestContextUtils.getLocale(request));
	}

	private String words(PolicyChange change, Locale locale) {
		return switch (change) {
			case Refused refused -> this.messages.getMessage(refused, locale);
			case Unchanged _ -> text("policy.said.unchanged", locale);
			case Changed(var before, var after) -> words(before, after, locale);
		};
	}

	private String words(PolicyRules before, PolicyRules after, Locale locale) {
		var allowed = without(after.allowedCodes(), before.allowedCodes());
		var blocked = without(before.allowedCodes(), after.allowedCodes());
		if (!allowed.isEmpty() && !blocked.isEmpty()) {
			return text("policy.said.both", locale, allowed.size(), blocked.size());
		}
		if (!allowed.isEmpty()) {
			return text("policy.said.allowed", locale, allowed.size(), name(allowed, locale));
		}
		if (!blocked.isEmpty()) {
			return text("policy.said.blocked", locale, blocked.size(), name(blocked, locale));
		}
		if (before.protectionEnabled() != after.protectionEnabled()) {
			return text(after.protectionEnabled() ? "policy.said.protected" : "policy.said.unprotected", locale);
		}
		if (!before.dialingCode().equals(after.dialingCode())) {
			return text(Policies.USUAL_PREFIXES.contains(before.dialingCode()) ? "policy.said.dialing-code"
					: "policy.said.dialing-code.still", locale, after.dialingCode(), before.dialingCode());
		}
		return text("policy.said.saved", locale);
	}

	private static Set<String> without(Set<String> all, Set<String> others) {
		var rest = new TreeSet<>(all);
		rest.removeAll(others);
		return rest;
	}

	/** The only one's name, for a message about one. */
	private static String name(Set<String> codes, Locale locale) {
		var code = codes.iterator().next();
		return CallingCodes.find(code)
			.map((entry) -> CountryNames.of(entry, locale) + " (" + entry.display() + ")")
			.orElse("+" + code);
	}

	private String text(String key, Locale locale, Object... arguments) {
		return this.messages.getMessage(key, arguments, locale);
	}

	/** A header is ASCII, and this text stands in JSON there. */
	private static String ascii(String text) {
		var ascii = new StringBuilder();
		for (char c : text.toCharArray()) {
			if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
				ascii.append(c);
			}
			else {
				ascii.append("\\u%04x".formatted((int) c));
			}
		}
		return ascii.toString();
	}

}
