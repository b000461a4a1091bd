package io.tollgate.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.tollgate.numbering.CallingCodeEntry;
import io.tollgate.numbering.CallingCodes;
import io.tollgate.numbering.CountryNames;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The world as a picture, each country drawn by what a policy allows. The drawing is that
 * of the static assets; it is taken apart once, so that a template can put classes on its
 * shapes.
 */
@Component
public class WorldMap {

	private static final Pattern PATH = Pattern.compile("<path id=\"([A-Z]{2})\" d=\"([^\"]+)\"");

	private static final Pattern DOT = Pattern
		.compile("<circle id=\"([A-Z]{2})\" cx=\"([0-9.]+)\" cy=\"([0-9.]+)\" r=\"([0-9.]+)\"");

	private final List<Outline> outlines;

	private final Map<String, List<String>> codes = new HashMap<>();

	WorldMap() {
		this.outlines = read();
		for (CallingCodeEntry entry : CallingCodes.all()) {
			entry.regions()
				.forEach((iso) -> this.codes.computeIfAbsent(iso, (_) -> new ArrayList<>()).add(entry.code()));
		}
	}

	private static List<Outline> read() {
		try {
			var svg = new ClassPathResource("static/assets/map/world.svg").getContentAsString(StandardCharsets.UTF_8);
			var outlines = new ArrayList<Outline>();
			PATH.matcher(svg)
				.results()
				.forEach((found) -> outlines.add(new Outline(found.group(1), found.group(2), null)));
			DOT.matcher(svg)
				.results()
				.forEach((found) -> outlines
					.add(new Outline(found.group(1), "", new Dot(found.group(2), found.group(3), found.group(4)))));
			return List.copyOf(outlines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The picture of a policy.
	 * @param rules the policy
	 * @param appliedCodes what its PBXs allow now, empty where that is not known: then
	 * nothing is drawn as about to change
	 */
	public Picture picture(PolicyRules rules, Optional<Set<String>> appliedCodes, Locale locale) {
		return picture(rules.allowedCodes(), appliedCodes.orElse(rules.allowedCodes()), locale);
	}

	/**
	 * The picture of calling codes that are open.
	 * @param codes the codes that would be open after an apply
	 * @param appliedCodes the codes that are open now
	 */
	public Picture picture(Set<String> codes, Set<String> appliedCodes, Locale locale) {
		var areas = new ArrayList<Area>();
		var dots = new ArrayList<Area>();
		var counts = new HashMap<State, Integer>();
		for (Outline outline : this.outlines) {
			var own = this.codes.getOrDefault(outline.iso(), List.of());
			var state = state(own, codes, appliedCodes);
			counts.merge(state, 1, Integer::sum);
			var area = new Area(outline.iso(), outline.path(), outline.dot(), state.css, String.join(",", own),
					CountryNames.name(outline.iso(), locale));
			((outline.dot() != null) ? dots : areas).add(area);
		}
		return new Picture(areas, dots, counts.getOrDefault(State.OPEN, 0), counts.getOrDefault(State.OPENING, 0),
				counts.getOrDefault(State.CLOSING, 0), counts.getOrDefault(State.CLOSED, 0));
	}

	/** A country with several codes is as open as the most open of them. */
	private static State state(List<String> codes, Set<String> allowed, Set<String> applied) {
		boolean now = codes.stream().anyMatch(applied::contains);
		boolean then = codes.stream().anyMatch(allowed::contains);
		if (then) {
			return now ? State.OPEN : State.OPENING;
		}
		return now ? State.CLOSING : State.CLOSED;
	}

	private enum State {

		OPEN("is-open"), OPENING("is-opening"), CLOSING("is-closing"), CLOSED("");

		private final String css;

		State(String css) {
			this.css = css;
		}

	}

	private record Outline(String iso, String path, @Nullable Dot dot) {
	}

	/**
	 * What to draw.
	 *
	 * @param areas countries with an outline
	 * @param dots those too small for one
	 * @param open how many of both are and stay open
	 * @param opening how many open with the next apply
	 * @param closing how many close with the next apply
	 * @param closed how many are and stay closed
	 */
	public record Picture(List<Area> areas, List<Area> dots, int open, int opening, int closing, int closed) {
	}

	/**
	 * One country or region.
	 *
	 * @param iso ISO 3166 alpha-2
	 * @param path its outline, empty for a dot
	 * @param dot where its dot is, {@code null} for an outline
	 * @param css class of its state, empty for closed
	 * @param codes its calling codes, divided by commas; empty where there is none
	 * @param name in the reader's language
	 */
	public record Area(String iso, String path, @Nullable Dot dot, String css, String codes, String name) {
	}

	/** A dot on the drawing, in its units. */
	public record Dot(String x, String y, String r) {
	}

}
