package io.tollgate.extension;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.tollgate.extension.BulkPage.Effect;
import io.tollgate.extension.BulkPage.Fact;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.CountryNames;
import io.tollgate.policy.BusinessHours;
import io.tollgate.policy.PolicyRules;
import io.tollgate.policy.WorkingWeek;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what the picked extensions have now, and what an edit would do to them. */
@Component
class BulkPages {

	private static final int SHOWN = 7;

	private static final int COUNTRIES = 12;

	private static final int LIMITS = 3;

	private final ExtensionLists lists;

	private final WorkingWeek week;

	private final MessageSource messages;

	BulkPages(ExtensionLists lists, WorkingWeek week, MessageSource messages) {
		this.lists = lists;
		this.week = week;
		this.messages = messages;
	}

	BulkPage page(List<ExtensionListing> picked, BulkForm form, Locale locale) {
		var policies = this.lists.policies(picked);
		var hours = hours(this.week.hours(), locale);
		var now = new BulkPage.Now(ticked(picked, CallRestrictions::disallowInternational, locale),
				ticked(picked, CallRestrictions::disallowOutbound, locale),
				ticked(picked, CallRestrictions::disallowOutsideBusinessHours, locale), limits(picked, locale));
		return new BulkPage(picked.size(), (picked.size() == 1) ? picked.getFirst().number() : null, now,
				picked.stream().limit(SHOWN).map(ExtensionPage.Row::of).toList(), rest(picked, locale),
				effects(picked, form.edit(), policies, hours, locale), facts(policies, locale), hours);
	}

	/** The form as first shown: nothing ticked, each control at what all have now. */
	BulkForm form(List<ExtensionListing> picked) {
		Predicate<Predicate<CallRestrictions>> all = (test) -> picked.stream()
			.allMatch((each) -> test.test(each.restrictions()));
		var limits = picked.stream().map((each) -> each.restrictions().maxDurationSeconds()).distinct().toList();
		var limit = (limits.size() == 1) ? limits.getFirst() : null;
		return new BulkForm(null, all.test(CallRestrictions::disallowInternational),
				all.test(CallRestrictions::disallowOutbound), all.test(CallRestrictions::disallowOutsideBusinessHours),
				(limit != null) ? limit.toString() : "");
	}

	private String ticked(List<ExtensionListing> picked, Predicate<CallRestrictions> test, Locale locale) {
		long on = picked.stream().filter((each) -> test.test(each.restrictions())).count();
		boolean mixed = on > 0 && on < picked.size();
		return text(mixed ? "extension.now.mixed" : "extension.now.ticked", locale, on, picked.size());
	}

	private String limits(List<ExtensionListing> picked, Locale locale) {
		var counts = new TreeMap<Integer, Long>();
		picked.forEach((each) -> {
			var seconds = each.restrictions().maxDurationSeconds();
			counts.merge((seconds != null) ? seconds : Integer.MAX_VALUE, 1L, Long::sum);
		});
		if (counts.size() == 1) {
			return limit(counts.firstEntry(), "extension.now.limit.all", locale);
		}
		var words = counts.entrySet()
			.stream()
			.sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
			.limit(LIMITS)
			.map((entry) -> limit(entry, "extension.now.limit", locale))
			.collect(Collectors.joining(", "));
		return text((counts.size() > LIMITS) ? "extension.now.limits.more" : "extension.now.limits", locale, words);
	}

	private String limit(Map.Entry<Integer, Long> entry, String key, Locale locale) {
		boolean none = entry.getKey() == Integer.MAX_VALUE;
		return text(none ? key + ".none" : key, locale, entry.getValue(), entry.getKey());
	}

	private String rest(List<ExtensionListing> picked, Locale locale) {
		var byPbx = picked.stream()
			.collect(Collectors.groupingBy(ExtensionListing::pbx, TreeMap::new, Collectors.counting()));
		var words = byPbx.entrySet()
			.stream()
			.map((entry) -> text("extension.edit.on", locale, entry.getValue(), entry.getKey()))
			.collect(Collectors.joining(", "));
		int more = picked.size() - SHOWN;
		return (more > 0) ? text("extension.edit.more", locale, more, words) : "";
	}

	private List<Effect> effects(List<ExtensionListing> picked, RestrictionEdit edit, List<PolicyRules> policies,
			String hours, Locale locale) {
		var effects = new ArrayList<Effect>();
		int count = picked.size();
		if (edit.disallowInternational() != null) {
			effects.addAll(edit.disallowInternational() ? closing(count, policies, locale)
					: opening(picked, edit, policies, locale));
		}
		if (edit.disallowOutbound() != null) {
			effects
				.add(effect(edit.disallowOutbound() ? "neutral" : "open", edit.disallowOutbound() ? "ban" : "lock-open",
						"extension.effect.outbound." + edit.disallowOutbound(), "", locale, count));
		}
		if (edit.disallowOutsideBusinessHours() != null) {
			boolean on = edit.disallowOutsideBusinessHours();
			effects.add(effect(on ? "neutral" : "open", "clock", "extension.effect.hours." + on, hours, locale, count));
		}
		if (edit.maxDuration() != null) {
			var seconds = edit.maxDuration().seconds();
			effects.add(effect("neutral", "hourglass", "extension.effect.limit." + (seconds != null), "", locale, count,
					(seconds != null) ? seconds : 0));
		}
		return effects;
	}

	private List<Effect> opening(List<ExtensionListing> picked, RestrictionEdit edit, List<PolicyRules> policies,
			Locale locale) {
		long silent = picked.stream().filter((each) -> edit.applyTo(each.restrictions()).disallowOutbound()).count();
		var words = new ArrayList<String>();
		for (PolicyRules policy : policies) {
			if (!policy.protectionEnabled()) {
				words.add(text("extension.effect.abroad.unprotected", locale, policy.name()));
			}
			else if (policy.allowedCodes().isEmpty()) {
				words.add(text("extension.effect.abroad.none", locale, policy.name()));
			}
			else {
				words.add(text("extension.effect.abroad.only", locale, policy.name(), countries(policy, locale)));
			}
		}
		var effects = new ArrayList<Effect>();
		if (silent < picked.size()) {
			effects.add(effect("open", "lock-open", "extension.effect.abroad.true", String.join(" ", words), locale,
					picked.size() - silent));
		}
		if (silent > 0) {
			effects.add(effect("neutral", "ban", "extension.effect.abroad.silent", "", locale, silent));
		}
		return effects;
	}

	private List<Effect> closing(int count, List<PolicyRules> policies, Locale locale) {
		var open = policies.stream()
			.filter((policy) -> !policy.protectionEnabled())
			.map(PolicyRules::name)
			.collect(Collectors.joining(", "));
		var body = open.isEmpty() ? "" : text("extension.effect.abroad.later", locale, open);
		return List.of(effect(open.isEmpty() ? "neutral" : "wait", open.isEmpty() ? "ban" : "shield-alert",
				"extension.effect.abroad.false", body, locale, count));
	}

	private Effect effect(String tone, String icon, String key, String body, Locale locale, Object... arguments) {
		return new Effect(tone, icon, text(key, locale, arguments), body);
	}

	private String countries(PolicyRules policy, Locale locale) {
		var names = policy.allowedCodes().stream().map((code) -> country(code, locale)).sorted().toList();
		var shown = String.join(", ", names.subList(0, Math.min(COUNTRIES, names.size())));
		int more = names.size() - COUNTRIES;
		return (more > 0) ? text("extension.effect.countries", locale, shown, more) : shown;
	}

	private static String country(String code, Locale locale) {
		return CallingCodes.find(code).map((entry) -> CountryNames.of(entry, locale)).orElse("+" + code);
	}

	private List<Fact> facts(List<PolicyRules> policies, Locale locale) {
		return policies.stream()
			.map((policy) -> new Fact(text("extension.fact.policy", locale, policy.name()),
					text(policy.protectionEnabled() ? "extension.fact.guarded" : "extension.fact.unguarded", locale,
							policy.allowedCodes().size())))
			.toList();
	}

	/**
	 * {@code Monday to Friday 08:00–18:00 (UTC)}: neighbouring days with the same hours
	 * as one.
	 */
	private String hours(BusinessHours week, Locale locale) {
		var parts = new ArrayList<String>();
		DayOfWeek first = null;
		for (DayOfWeek day : DayOfWeek.values()) {
			var open = week.days().get(day);
			first = (first != null) ? first : day;
			var next = (day != DayOfWeek.SUNDAY) ? week.days().get(day.plus(1)) : null;
			if (open != null && !open.equals(next)) {
				parts.add(days(first, day, open, locale));
			}
			first = (open != null && open.equals(next)) ? first : null;
		}
		return parts.isEmpty() ? text("extension.hours.never", locale)
				: text("extension.hours", locale, String.join(", ", parts), week.zone().getId());
	}

	private String days(DayOfWeek first, DayOfWeek last, BusinessHours.Hours open, Locale locale) {
		var from = first.getDisplayName(TextStyle.FULL, locale);
		var hours = clock(open.opens()) + "–" + clock(open.closes());
		return (first == last) ? from + " " + hours
				: text("extension.hours.days", locale, from, last.getDisplayName(TextStyle.FULL, locale), hours);
	}

	private static String clock(int minutes) {
		return "%02d:%02d".formatted(minutes / 60, minutes % 60);
	}

	private String text(String key, Locale locale, @Nullable Object... arguments) {
		return this.messages.getMessage(key, arguments, locale);
	}

}
