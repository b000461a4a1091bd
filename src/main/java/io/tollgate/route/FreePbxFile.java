package io.tollgate.route;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import io.tollgate.route.FreePbxRoute.Bad;

/**
 * Outbound routes from a dump of FreePBX's database, as {@code mysqldump} writes it,
 * plain or in gzip. The layout is that of FreePBX 15 to 17.
 */
final class FreePbxFile {

	/**
	 * In bytes, after gzip: a database of FreePBX without its call log is far smaller.
	 */
	static final long LARGEST = 128L * 1024 * 1024;

	static final int MOST_ROUTES = 200;

	/** As many as lines of routes that may name one. */
	static final int MOST_TRUNKS = 5000;

	private static final String ROUTES = "outbound_routes";

	private static final String PATTERNS = "outbound_route_patterns";

	private static final String LINES = "outbound_route_trunks";

	private static final String SEQUENCE = "outbound_route_sequence";

	private static final String TRUNKS = "trunks";

	private static final String TRUNK_PATTERNS = "trunk_dialpatterns";

	private static final String PINS = "pinset_usage";

	private static final Map<String, Integer> TABLES = Map.of(ROUTES, MOST_ROUTES, PATTERNS, 10_000, LINES, MOST_TRUNKS,
			SEQUENCE, 5000, TRUNKS, 500, TRUNK_PATTERNS, 10_000, PINS, 5000);

	/** The columns that are looked at. */
	private static final Set<String> COLUMNS = Set.of("calendar_group_id", "calendar_id", "channelid", "dest",
			"dialoutprefix", "disabled", "emergency_route", "foreign_id", "intracompany_route", "match_cid",
			"match_pattern_pass", "match_pattern_prefix", "mohclass", "name", "outcid", "outcid_mode", "password",
			"prepend_digits", "route_id", "seq", "tech", "time_group_id", "trunk_id", "trunkid");

	private final Map<String, List<Map<String, String>>> rows;

	private FreePbxFile(Map<String, List<Map<String, String>>> rows) {
		this.rows = rows;
	}

	/** Reads a dump; the stream stays open. */
	static ReadRoutes dump(InputStream file) throws IOException {
		return dump(file, LARGEST);
	}

	static ReadRoutes dump(InputStream file, long largest) throws IOException {
		try (var in = new BufferedReader(
				new InputStreamReader(new Bounded(unzipped(file), largest), StandardCharsets.UTF_8))) {
			return new FreePbxFile(SqlDump.read(in, TABLES, COLUMNS)).routes();
		}
		catch (UnreadableDump ex) {
			return ex.refused();
		}
		catch (TooLarge ex) {
			return new ReadRoutes.Refused("too-large", List.of(String.valueOf(largest / 1024 / 1024)));
		}
		catch (ZipException | EOFException ex) {
			return new ReadRoutes.Refused("not-gzip", List.of());
		}
	}

	private static InputStream unzipped(InputStream file) throws IOException {
		var in = new PushbackInputStream(file, 2);
		var head = in.readNBytes(2);
		in.unread(head);
		boolean gzip = head.length == 2 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B;
		return gzip ? new GZIPInputStream(in) : in;
	}

	private List<Map<String, String>> all(String table) {
		return this.rows.getOrDefault(table, List.of());
	}

	private ReadRoutes routes() {
		if (all(ROUTES).isEmpty()) {
			return new ReadRoutes.Refused("no-routes", List.of());
		}
		var places = new HashMap<String, Integer>();
		all(SEQUENCE).forEach((row) -> places.put(at(row, "route_id"), number(at(row, "seq"))));
		var routes = all(ROUTES).stream()
			.sorted(Comparator.comparing((row) -> places.getOrDefault(at(row, "route_id"), Integer.MAX_VALUE)))
			.map((row) -> route(row, places.isEmpty() || places.containsKey(at(row, "route_id"))))
			.toList();
		var named = routes.stream().flatMap((route) -> route.trunks().stream()).collect(Collectors.toSet());
		return new ReadRoutes.Read(trunks(named), routes, !this.rows.containsKey(PINS));
	}

	private FreePbxRoute route(Map<String, String> row, boolean inForce) {
		var id = at(row, "route_id");
		var left = new LinkedHashSet<String>();
		if (!inForce) {
			left.add("order");
		}
		if (!at(row, "dest").isEmpty()) {
			left.add("dest");
		}
		if (!Set.of("", "default", "none").contains(at(row, "mohclass"))) {
			left.add("music");
		}
		var rules = all(PATTERNS).stream().filter((rule) -> at(rule, "route_id").equals(id)).map(FreePbxFile::rule);
		var trunks = all(LINES).stream()
			.filter((line) -> at(line, "route_id").equals(id))
			.sorted(Comparator.comparing((line) -> number(at(line, "seq"))))
			.map((line) -> number(at(line, "trunk_id")))
			.distinct();
		return new FreePbxRoute(at(row, "name"), at(row, "emergency_route").equalsIgnoreCase("yes"),
				at(row, "intracompany_route").equalsIgnoreCase("yes"), at(row, "outcid"),
				!at(row, "outcid_mode").isEmpty(), !at(row, "password").isEmpty() || hasPins(id), timed(row),
				List.copyOf(left), rules.toList(), trunks.toList(), List.<Bad>of());
	}

	private static boolean timed(Map<String, String> row) {
		return !Set.of("", "0").contains(at(row, "time_group_id")) || !at(row, "calendar_id").isEmpty()
				|| !at(row, "calendar_group_id").isEmpty();
	}

	/**
	 * A set of PINs that may ask on a route. Of what else has sets of PINs the ids may be
	 * the same: rather a route too many that comes in switched off.
	 */
	private boolean hasPins(String route) {
		return all(PINS).stream().anyMatch((row) -> at(row, "foreign_id").equals(route));
	}

	private static DialRule rule(Map<String, String> row) {
		return new DialRule(at(row, "prepend_digits"), at(row, "match_pattern_prefix"), at(row, "match_pattern_pass"),
				at(row, "match_cid"));
	}

	/** A trunk that routes name and the file does not describe is there by its number. */
	private List<FreePbxTrunk> trunks(Set<Integer> named) {
		var trunks = new ArrayList<FreePbxTrunk>();
		var described = new HashSet<Integer>();
		for (var row : all(TRUNKS)) {
			int id = number(at(row, "trunkid"));
			if (named.contains(id) && described.add(id)) {
				boolean rewrites = !at(row, "dialoutprefix").isEmpty()
						|| all(TRUNK_PATTERNS).stream().anyMatch((each) -> number(at(each, "trunkid")) == id);
				trunks.add(new FreePbxTrunk(id, at(row, "name"), at(row, "tech"), at(row, "channelid"),
						at(row, "disabled").equalsIgnoreCase("on"), rewrites));
			}
		}
		named.stream()
			.filter((id) -> !described.contains(id))
			.sorted()
			.forEach((id) -> trunks.add(new FreePbxTrunk(id, "", "", "", false, false)));
		return trunks;
	}

	private static String at(Map<String, String> row, String column) {
		return row.getOrDefault(column, "").strip();
	}

	private static int number(String text) {
		return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
	}

	/** Ends what would unfold without end. */
	private static final class Bounded extends FilterInputStream {

		private long left;

		Bounded(InputStream in, long most) {
			super(in);
			this.left = most;
		}

		@Override
		public int read() throws IOException {
			int read = super.read();
			count((read < 0) ? 0 : 1);
			return read;
		}

		@Override
		public int read(byte[] into, int offset, int length) throws IOException {
			int read = super.read(into, offset, length);
			count(Math.max(0, read));
			return read;
		}

		private void count(int read) throws TooLarge {
			this.left -= read;
			if (this.left < 0) {
				throw new TooLarge();
			}
		}

	}

	/** More than is read. */
	private static final class TooLarge extends IOException {

		private static final long serialVersionUID = 1L;

	}

}
