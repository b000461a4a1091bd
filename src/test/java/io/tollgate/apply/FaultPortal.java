package io.tollgate.apply;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.tollgate.TollgateApplication;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;

/**
 * The portal as a process that can be killed, and the desk in it: a line with a question
 * comes in, a line with the answer goes out.
 */
public final class FaultPortal {

	static final String ANSWER = "@@";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private FaultPortal() {
	}

	/** Takes what the portal takes. */
	public static void main(String[] arguments) throws IOException {
		var portal = SpringApplication.run(TollgateApplication.class, arguments);
		var desk = new PortalDesk(portal);
		answer("ready");
		var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (var line = in.readLine(); line != null; line = in.readLine()) {
			answer(answer(desk, line.split(" ")));
		}
		// whoever asks has gone
		SpringApplication.exit(portal);
	}

	private static Object answer(PortalDesk desk, String[] asked) {
		return switch (asked[0]) {
			case "connect" -> desk.connect(Stream.of(asked[1].split(",")).map(Integer::valueOf).toList());
			case "edit" -> {
				desk.edit(Long.parseLong(asked[1]));
				yield List.of();
			}
			case "draft" -> desk.draft(Long.parseLong(asked[1]));
			case "start" -> desk.start(desk.draft(Long.parseLong(asked[1])), (asked.length > 2) ? asked[2] : "");
			case "ended" -> desk.ended();
			case "claims" -> desk.claims();
			case "states" -> desk.states();
			case "open" -> desk.open();
			case "targets" -> desk.targets();
			default -> throw new IllegalArgumentException(asked[0]);
		};
	}

	private static void answer(Object answer) {
		System.out.println(ANSWER + JSON.writeValueAsString(answer));
		System.out.flush();
	}

}
