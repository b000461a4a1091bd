package io.tollgate.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;

import org.springframework.context.MessageSource;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.StringUtils;

/** Reads the trail, newest first. */
@Service
@Transactional(readOnly = true)
class AuditLog {

	static final int PAGE_SIZE = 50;

	private static final char ESCAPE = '!';

	private static final List<String> SEARCHED = List.of("actor", "address", "action", "objectId", "objectName",
			"beforeText", "afterText");

	private final AuditEvents events;

	private final MessageSource messages;

	AuditLog(AuditEvents events, MessageSource messages) {
		this.events = events;
		this.messages = messages;
	}

	Page<AuditEntry> page(AuditFilter filter, int page, Locale locale) {
		return this.events
			.findAll(matching(filter, locale),
					PageRequest.of(Math.max(page, 0), PAGE_SIZE, Sort.by(Sort.Direction.DESC, "id")))
			.map((event) -> entry(event, locale));
	}

	List<String> actors() {
		return this.events.actors();
	}

	List<String> objectTypes() {
		return this.events.objectTypes();
	}

	/** The kind of thing in words. */
	String objectTypeWords(String type, Locale locale) {
		return words("audit.object." + type, type, locale);
	}

	private Specification<AuditEvent> matching(AuditFilter filter, Locale locale) {
		// people search for the words they see; those of an action are in the messages
		var actions = filter.q().isEmpty() ? List.<String>of()
				: this.events.actions()
					.stream()
					.filter((action) -> actionWords(action, locale).toLowerCase(locale)
						.contains(filter.q().toLowerCase(locale)))
					.toList();
		return (event, query, builder) -> builder
			.and(predicates(filter, actions, event, builder).toArray(Predicate[]::new));
	}

	private static List<Predicate> predicates(AuditFilter filter, List<String> actions, Root<AuditEvent> event,
			CriteriaBuilder builder) {
		var all = new ArrayList<Predicate>();
		if (!filter.q().isEmpty()) {
			var pattern = "%" + escaped(filter.q().toLowerCase(Locale.ROOT)) + "%";
			var any = new ArrayList<Predicate>();
			SEARCHED.forEach((column) -> any.add(builder.like(builder.lower(event.get(column)), pattern, ESCAPE)));
			if (!actions.isEmpty()) {
				any.add(event.get("action").in(actions));
			}
			all.add(builder.or(any.toArray(Predicate[]::new)));
		}
		if (!filter.actor().isEmpty()) {
			all.add(builder.equal(event.get("actor"), filter.actor()));
		}
		if (!filter.type().isEmpty()) {
			all.add(builder.equal(event.get("objectType"), filter.type()));
		}
		if (filter.firstDay() instanceof LocalDate first) {
			all.add(builder.greaterThanOrEqualTo(event.get("at"), start(first)));
		}
		if (filter.lastDay() instanceof LocalDate last) {
			all.add(builder.lessThan(event.get("at"), start(last.plusDays(1))));
		}
		return all;
	}

	private static Instant start(LocalDate day) {
		return day.atStartOfDay(ZoneOffset.UTC).toInstant();
	}

	private static String escaped(String text) {
		return text.replaceAll("[!%_]", "!$0");
	}

	private AuditEntry entry(AuditEvent event, Locale locale) {
		return new AuditEntry(event.getId(), event.getAt().atOffset(ZoneOffset.UTC), event.getActor(),
				CurrentActor.SYSTEM.equals(event.getActor()), event.getAddress(),
				actionWords(event.getAction(), locale), event.getAction(),
				objectTypeWords(event.getObjectType(), locale), event.getObjectId(), event.getObjectName(),
				event.getBeforeText(), event.getAfterText());
	}

	private String actionWords(String action, Locale locale) {
		return words("audit.action." + action, action, locale);
	}

	/** The message, or the code itself made readable. */
	private String words(String key, String code, Locale locale) {
		var fallback = StringUtils.capitalize(code.replaceAll("[.-]", " "));
		var words = this.messages.getMessage(key, null, fallback, locale);
		return (words != null) ? words : fallback;
	}

}
