package io.tollgate.extension;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.tollgate.extension.BulkPage.Effect;
import io.tollgate.extension.BulkPage.Fact;
import io.tollgate.extension.ExtensionLists.PickedPage;
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

	private static final int PBXS = 8;

	private final ExtensionLists lists;

	private final WorkingWeek week;

	private final MessageSource messages;

	BulkPages(ExtensionLists lists, WorkingWeek week, MessageSource messages) {
		this.lists = lists;
		this.week = week;
		this.messages = messages;
	}

	BulkPage page(Selection selection, ExtensionFilter filter, BulkForm form, Locale locale) {
		return page(read(selection, filter), form, locale);
	}

	PickedPage read(Selection selection, ExtensionFilter filter) {
		return this.lists.picked(selection, filter, SHOWN);
	}

	BulkPage page(PickedPage page, BulkForm form, Locale locale) {
		var picked = page.picked();
		var hours = hours(this.week.hours(), locale);
		var now = new BulkPage.Now(ticked(picked, CallRestrictions::disallowInternational, locale),
				ticked(picked, CallRestrictions::disallowOutbound, locale),
				ticked(picked, CallRestrictions::disallowOutsideBusinessHours, locale), limits(picked, locale));
		return new BulkPage(picked.count(), (picked.count() == 1) ? page.shown().getFirst().number() : null, now,
				page.shown().stream().map(ExtensionPage.Row::of).toList(), rest(page, locale),
				effects(picked, form.edit(), page.policies(), hours, locale), facts(page.policies(), locale), hours);
	}

	/** The form as first shown: nothing ticked, each control at what all have now. */
	BulkForm form(Picked picked) {
		Predicate<Predicate<CallRestrictions>> all = (test) -> picked.count(test) == picked.count();
		var limits = picked.all().keySet().stream().map(CallRestrictions::maxDurationSeconds).distinct().toList();
		var limit = (limits.size() == 1) ? limits.getFirst() : null;
		return new BulkForm(null, all.test(CallRestrictions::disallowInternational),
				all.test(CallRestrictions::disallowOutbound), all.test(CallRestrictions::disallowOutsideBusinessHours),
				(limit != null) ? limit.toString() : "");
	}

	private String ticked(Picked picked, Predicate<CallRestrictions> test, Locale locale) {
		int on = picked.count(test);
		boolean mixed = on > 0 && on < picked.count();
		return text(mixed ? "extension.now.mixed" : "extension.now.ticked", locale, on, picked.count());
	}

	private String limits(Picked picked, Locale locale) {
		var counts = new TreeMap<Integer, Integer>();
		picked.all().forEach((each, count) -> {
			var seconds = each.maxDurationSeconds();
			counts.merge((seconds != null) ? seconds : Integer.MAX_VALUE, count, Integer::sum);
		});
		if (counts.size() == 1) {
			return limit(counts.firstEntry(), "extension.now.limit.all", locale);
		}
		var words = counts.entrySet()
			.stream()
			.sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
			.limit(LIMITS)
			.map((entry) -> limit(entry, "extension.now.limit", locale))
			.collect(Collectors.joining(", "));
		return text((counts.size() > LIMITS) ? "extension.now.limits.more" : "extension.now.limits", locale, words);
	}

	private String limit(Map.Entry<Integer, Integer> entry, String key, Locale locale) {
		boolean none = entry.getKey() == Integer.MAX_VALUE;
		return text(none ? key + ".none" : key, locale, entry.getValue(), entry.getKey());
	}

	private String rest(PickedPage page, Locale locale) {
		int more = page.picked().count() - page.shown().size();
		if (more <= 0) {
			return "";
		}
		var counts = page.picked().counts();
		var words = counts.entrySet()
			.stream()
			.sorted(Comparator.comparing((entry) -> page.pbxName(entry.getKey())))
			.limit(PBXS)
			.map((entry) -> text("extension.edit.on", locale, entry.getValue(), page.pbxName(entry.getKey())))
			.collect(Collectors.joining(", "));
		int others = counts.size() - PBXS;
		return text("extension.edit.more", locale, more,
				(others > 0) ? text("extension.edit.on.more", locale, words, others) : words);
	}

	private List<Effect> effects(Picked picked, RestrictionEdit edit, List<PolicyRules> policies, String hours,
			Locale locale) {
		var effects = new ArrayList<Effect>();
		int count = picked.count();
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

	private List<Effect> opening(Picked picked, RestrictionEdit edit, List<PolicyRules> policies, Locale locale) {
		int silent = picked.count((each) -> edit.applyTo(each).disallowOutbound());
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
		if (silent < picked.count()) {
			effects.add(effect("open", "lock-open", "extension.effect.abroad.true", String.join(" ", words), locale,
					picked.count() - silent));
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
