package io.tollgate.route;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.tollgate.api.IfMatch;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.route.FreePbxRoute.Bad;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Routes of FreePBX become routes of a PBX. What they would be is planned first and
 * shown; the same plan is what is taken over.
 */
@Service
class RouteImports {

	/** What a page carries to the next one, unfolded. */
	private static final int MOST_CARRIED = 16 * 1024 * 1024;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
				DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
				DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
		.build();

	private final Routes routes;

	private final Trunks trunks;

	private final RouteWords words;

	private final PbxRegistry registry;

	RouteImports(Routes routes, Trunks trunks, RouteWords words, PbxRegistry registry) {
		this.routes = routes;
		this.trunks = trunks;
		this.words = words;
		this.registry = registry;
	}

	/**
	 * Reads a file: dial patterns when its name ends in {@code .csv}, else a dump.
	 * @param name of the file
	 */
	ReadRoutes read(String name, InputStream file) throws IOException {
		if (!name.toLowerCase(Locale.ROOT).endsWith(".csv")) {
			return FreePbxFile.dump(file);
		}
		return switch (PatternCsv.parse(file.readNBytes(PatternCsv.LARGEST + 1))) {
			case PatternCsv.Refused refused -> new ReadRoutes.Refused("csv",
					List.of(this.words.say("route.csv.refused." + refused.code(), refused.arguments().toArray())));
			case PatternCsv.Preview preview -> ofPatterns(name.substring(0, name.length() - 4), preview);
		};
	}

	/**
	 * One route that is called as the file is, by a trunk that the file does not name.
	 */
	private ReadRoutes ofPatterns(String name, PatternCsv.Preview preview) {
		var bad = preview.bad()
			.stream()
			.map((row) -> new Bad(row.text(), this.words.say(row.message(), row.arguments().toArray())))
			.toList();
		var route = new FreePbxRoute(name, false, false, "", false, false, false, List.of(), preview.rules(),
				List.of(0), bad);
		return new ReadRoutes.Read(List.of(new FreePbxTrunk(0, "", "", "", false, false)), List.of(route), false);
	}

	/** What was read, as one word that a form takes along. */
	static String carry(ReadRoutes.Read read) {
		var bytes = new ByteArrayOutputStream();
		try (var gzip = new GZIPOutputStream(bytes)) {
			gzip.write(JSON.writeValueAsBytes(read));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
	}

	/** The same back; empty when it is something else. */
	static Optional<ReadRoutes.Read> carried(String word) {
		try (var gzip = new GZIPInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(word)))) {
			var json = gzip.readNBytes(MOST_CARRIED + 1);
			var read = (json.length > MOST_CARRIED) ? null : JSON.readValue(json, ReadRoutes.Read.class);
			return Optional.ofNullable(read)
				.filter((each) -> each.routes().size() <= FreePbxFile.MOST_ROUTES && isPlausible(each.trunks()));
		}
		catch (IOException | IllegalArgumentException | JacksonException ex) {
			return Optional.empty();
		}
	}

	/** As many as a file can have, each once. */
	private static boolean isPlausible(List<FreePbxTrunk> trunks) {
		return trunks.size() <= FreePbxFile.MOST_TRUNKS && trunks.stream().allMatch((trunk) -> trunk.id() >= 0)
				&& trunks.stream().map(FreePbxTrunk::id).distinct().count() == trunks.size();
	}

	/** The trunk of the PBX that each one of the file seems to be; empty for none. */
	Map<Integer, String> matched(long pbxId, ReadRoutes.Read read) {
		var present = this.trunks.present(pbxId);
		var matched = new LinkedHashMap<Integer, String>();
		for (var trunk : read.trunks()) {
			var found = present.entrySet()
				.stream()
				.filter((each) -> !trunk.off() && isThat(trunk, each.getKey(), each.getValue()))
				.map(Map.Entry::getKey)
				.findFirst();
			matched.put(trunk.id(), found.orElse(""));
		}
		return matched;
	}

	private static boolean isThat(FreePbxTrunk trunk, String name, Trunk known) {
		boolean named = name.equalsIgnoreCase(trunk.channel()) || name.equalsIgnoreCase(trunk.name());
		return known.isEndpoint() ? named && trunk.tech().equalsIgnoreCase("pjsip")
				: known.dial().equalsIgnoreCase(trunk.dial()) || (named && !trunk.tech().equalsIgnoreCase("pjsip"));
	}

	/**
	 * What the routes of a file would become.
	 * @param trunks the trunk of the PBX for each one of the file, empty to leave it out
	 */
	@Transactional(readOnly = true)
	public List<PlannedRoute> plan(long pbxId, ReadRoutes.Read read, Map<Integer, String> trunks) {
		var names = new HashSet<String>();
		var plan = new ArrayList<PlannedRoute>();
		boolean behind = false;
		for (var route : read.routes()) {
			var planned = plan(pbxId, read, route, trunks, names);
			// what one above would have ended there, this one would let out here
			plan.add((behind && planned.whole() && !route.emergency()) ? planned.behind(say("behind")) : planned);
			behind |= !planned.whole() && !isUnused(route);
		}
		return plan;
	}

	private static boolean isUnused(FreePbxRoute route) {
		return route.left().contains("order");
	}

	private PlannedRoute plan(long pbxId, ReadRoutes.Read read, FreePbxRoute from, Map<Integer, String> trunks,
			Set<String> names) {
		var notes = new ArrayList<String>();
		var route = route(from, ends(read, from, trunks, notes));
		notes(from, route, notes);
		var problems = this.routes.problems(pbxId, null, route);
		var bad = new ArrayList<>(from.bad());
		var lines = new HashSet<Integer>();
		problems.stream().filter((each) -> each.refusal() && each.line() > 0).forEach((each) -> {
			lines.add(each.line());
			bad.add(new Bad(ImportPreview.text(from.rules().get(each.line() - 1)), this.words.of(each)));
		});
		var refusals = new ArrayList<>(
				problems.stream().filter((each) -> each.refusal() && each.line() == 0).map(this.words::of).toList());
		if (!names.add(from.name().toLowerCase(Locale.ROOT))) {
			refusals.add(this.words.say("route.problem.name-taken", from.name()));
		}
		problems.stream().filter((each) -> !each.refusal() && each.line() == 0).map(this.words::of).forEach(notes::add);
		var rules = new ArrayList<DialRule>();
		for (int i = 0; i < from.rules().size(); i++) {
			if (!lines.contains(i + 1)) {
				rules.add(from.rules().get(i));
			}
		}
		boolean whole = !isUnused(from) && refusals.isEmpty() && bad.isEmpty() && !route.trunks().isEmpty()
				&& from.trunks().stream().noneMatch((id) -> trunks.getOrDefault(id, "").isEmpty())
				// the numbers that it sends are others here
				&& from.trunks().stream().noneMatch((id) -> rewrites(read, id));
		return new PlannedRoute(route.withRules(rules), bad, refusals, notes, whole);
	}

	private static OutboundRoute route(FreePbxRoute from, List<String> trunks) {
		var type = from.emergency() ? RouteType.EMERGENCY : from.internal() ? RouteType.INTERNAL : RouteType.NORMAL;
		// what would ask or end at an hour there lets nobody out here before it does too
		boolean open = from.emergency() || !(from.asks() || from.timed() || isUnused(from));
		return new OutboundRoute(from.name(), type, open, from.rules(), trunks, null, new TreeSet<>(), null,
				callerId(from.callerId()), "");
	}

	/** The number alone, empty when there is none that could be shown. */
	private static String callerId(String typed) {
		int open = typed.lastIndexOf('<');
		int close = typed.lastIndexOf('>');
		var bare = RouteCheck.bare((open >= 0 && close > open) ? typed.substring(open + 1, close) : typed);
		return bare.matches("\\+?[0-9]{1,15}") ? bare : "";
	}

	private List<String> ends(ReadRoutes.Read read, FreePbxRoute from, Map<Integer, String> trunks,
			List<String> notes) {
		var ends = new ArrayList<String>();
		for (int id : from.trunks()) {
			var end = trunks.getOrDefault(id, "");
			if (end.isEmpty()) {
				notes.add(say("trunk", name(read.trunks(), id)));
			}
			else if (!ends.contains(end)) {
				ends.add(end);
			}
			if (!end.isEmpty() && rewrites(read, id)) {
				notes.add(say("rewrites", name(read.trunks(), id)));
			}
		}
		return ends;
	}

	private static boolean rewrites(ReadRoutes.Read read, int trunk) {
		return read.trunks().stream().anyMatch((each) -> each.id() == trunk && each.rewrites());
	}

	private String name(List<FreePbxTrunk> trunks, int id) {
		return trunks.stream().filter((each) -> each.id() == id).findFirst().map(this::name).orElse("" + id);
	}

	/** What people call it, or what else tells it from others. */
	String name(FreePbxTrunk trunk) {
		return !trunk.name().isEmpty() ? trunk.name() : !trunk.channel().isEmpty() ? trunk.channel() : this.words
			.say((trunk.id() == 0) ? "routes.freepbx.trunk.open" : "routes.freepbx.trunk.unknown", trunk.id());
	}

	private void notes(FreePbxRoute from, OutboundRoute route, List<String> notes) {
		if (from.emergency() && (from.asks() || from.timed())) {
			notes.add(say("emergency"));
		}
		else {
			if (from.asks()) {
				notes.add(say("asks"));
			}
			if (from.timed()) {
				notes.add(say("timed"));
			}
		}
		if (!from.callerId().isBlank()) {
			if (route.callerId().isEmpty()) {
				notes.add(say("caller-id", from.callerId()));
			}
			else if (!from.overrides()) {
				notes.add(say("caller-id-first", route.callerId()));
			}
		}
		from.left().stream().filter(List.of("order", "dest", "music")::contains).map(this::say).forEach(notes::add);
	}

	private String say(String code, Object... arguments) {
		return this.words.say("routes.freepbx.left." + code, arguments);
	}

	/** Another text for every other plan. */
	static String fingerprint(List<PlannedRoute> plan) {
		return IfMatch.fingerprint(plan.toString());
	}

	/**
	 * Takes over some of the routes of a file, all of them or none, and nothing when they
	 * would become something else than what was looked at.
	 * @param trunks as for the plan
	 * @param shown the fingerprint of the plan that was looked at
	 * @param wanted which of its routes, from 0; those that cannot be are left out
	 * @param above whether they are asked before those that are there, not after them
	 */
	@Transactional
	public ImportResult take(long pbxId, ReadRoutes.Read read, Map<Integer, String> trunks, String shown,
			Collection<Integer> wanted, boolean above) {
		this.registry.hold(pbxId);
		var plan = plan(pbxId, read, trunks);
		if (!fingerprint(plan).equals(shown)) {
			return new ImportResult.Changed();
		}
		var known = new HashSet<>(ids(pbxId));
		int taken = 0;
		for (int i = 0; i < plan.size(); i++) {
			var planned = plan.get(i);
			if (!wanted.contains(i) || !planned.possible()) {
				continue;
			}
			if (this.routes.add(pbxId, planned.route()) instanceof SaveResult.Refused(List<RouteProblem> problems)) {
				TransactionInterceptor.currentTransactionStatus().setRollbackOnly();
				return new ImportResult.Refused(planned.route().name(), problems.getFirst());
			}
			taken++;
		}
		if (above) {
			rise(pbxId, known);
		}
		return new ImportResult.Taken(taken);
	}

	private List<Long> ids(long pbxId) {
		return this.routes.list(pbxId).stream().map(StoredRoute::id).toList();
	}

	/** Emergency routes stay where they are: they are above all others anyway. */
	private void rise(long pbxId, Set<Long> known) {
		var all = this.routes.list(pbxId);
		int place = (int) all.stream().filter((each) -> each.route().emergency()).count();
		for (var each : all) {
			if (!known.contains(each.id()) && !each.route().emergency()) {
				this.routes.move(pbxId, each.id(), place);
				place++;
			}
		}
	}

}
