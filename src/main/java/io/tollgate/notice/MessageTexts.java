package io.tollgate.notice;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.tollgate.notice.Digests.Event;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts events into words for a mailbox, and into JSON for a webhook. */
@Component
class MessageTexts {

	/** More are counted only. */
	static final int LISTED = 100;

	private static final int LONGEST_SUBJECT = 200;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ENGLISH);

	private final MessageSource messages;

	private final JsonMapper json = JsonMapper.builder().build();

	MessageTexts(MessageSource messages) {
		this.messages = messages;
	}

	String subject(List<Event> events) {
		var first = events.getFirst();
		var about = (events.size() > 1) ? say("notice.mail.events", events.size())
				: title(first.kind()) + (first.pbxName().isEmpty() ? "" : ": " + first.pbxName());
		return PlainText.of("[Tollgate] " + about, LONGEST_SUBJECT);
	}

	String body(Channel channel, List<Event> events, Instant now) {
		return switch (channel.kind()) {
			case EMAIL -> mail(channel.zone(), events);
			case WEBHOOK -> webhook(events, now);
		};
	}

	String testSubject() {
		return say("notice.test.subject");
	}

	String testBody(Channel channel, Instant now) {
		return switch (channel.kind()) {
			case EMAIL -> say("notice.test.body", channel.name());
			case WEBHOOK -> webhook(List.of(), now);
		};
	}

	private String mail(ZoneId zone, List<Event> events) {
		var lines = new ArrayList<String>();
		if (events.size() > 1) {
			var counts = events.stream().collect(Collectors.groupingBy(Event::kind, Collectors.counting()));
			counts.entrySet()
				.stream()
				.sorted(Map.Entry.comparingByKey())
				.forEach((count) -> lines.add(title(count.getKey()) + ": " + count.getValue()));
			lines.add("");
		}
		events.stream()
			.limit(LISTED)
			.map((event) -> TIME.format(event.at().atZone(zone)) + " " + zone + "  " + title(event.kind())
					+ (event.pbxName().isEmpty() ? "" : ": " + event.pbxName()) + "\n    " + event.words())
			.forEach(lines::add);
		if (events.size() > LISTED) {
			lines.add(say("notice.mail.more", events.size() - LISTED));
		}
		return String.join("\n", lines) + "\n";
	}

	private String webhook(List<Event> events, Instant now) {
		var body = new LinkedHashMap<String, Object>();
		body.put("type", events.isEmpty() ? "tollgate.test" : "tollgate.events");
		body.put("timestamp", now.toString());
		body.put("data", Map.of("count", events.size(), "events",
				events.stream().limit(LISTED).map(MessageTexts::webhook).toList()));
		return this.json.writeValueAsString(body);
	}

	private static Map<String, Object> webhook(Event event) {
		var told = new LinkedHashMap<String, Object>();
		told.put("id", event.id().toString());
		told.put("kind", event.kind().code());
		told.put("severity", event.kind().severity().name().toLowerCase(Locale.ROOT));
		told.put("at", event.at().toString());
		if (!event.pbxName().isEmpty()) {
			told.put("pbx", Map.of("id", event.pbxId(), "name", event.pbxName()));
		}
		told.put("text", event.words());
		return told;
	}

	private String title(NoticeKind kind) {
		return say("notice.kind." + kind.code());
	}

	private String say(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, Locale.ENGLISH);
	}

}
