package io.tollgate.apply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

import io.tollgate.apply.Change.Kind;
import io.tollgate.apply.Change.Scope;
import io.tollgate.proof.Difference;

/**
 * PBXs on which the same was edited, however many extensions it concerns on each: one
 * edit of a policy is one thing to review, and not a thousand.
 *
 * @param pbxs in the registry's order
 */
public record Alike(List<PbxPending> pbxs) {

	public Alike {
		pbxs = List.copyOf(pbxs);
	}

	/** All of them in groups, each where its first PBX stands. */
	public static List<Alike> of(Collection<PbxPending> pbxs) {
		var groups = new LinkedHashMap<List<Object>, List<PbxPending>>();
		pbxs.forEach((pbx) -> groups.computeIfAbsent(traits(pbx), (traits) -> new ArrayList<>()).add(pbx));
		return groups.values().stream().map(Alike::new).toList();
	}

	private static List<Object> traits(PbxPending pbx) {
		var traits = new ArrayList<Object>();
		traits.add(pbx.generation() == null);
		traits.add(pbx.warnings());
		pbx.changes()
			.forEach((change) -> traits.add(List.of(change.effect(), change.kind(), change.subject(),
					(change.kind().scope() != Scope.PBX) ? change.items() : List.of())));
		return traits;
	}

	/** Another one as soon as anything that would reach one of them is another. */
	String id() {
		try {
			var digest = MessageDigest.getInstance("SHA-256");
			this.pbxs.forEach((pbx) -> digest.update((pbx.target() + "\n").getBytes(StandardCharsets.UTF_8)));
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What was edited, with the extensions of all of them. */
	public List<Change> changes() {
		var first = this.pbxs.getFirst().changes();
		var changes = new ArrayList<Change>();
		for (int i = 0; i < first.size(); i++) {
			int place = i;
			var each = first.get(i);
			int count = countsExtensions(each.kind())
					? this.pbxs.stream().mapToInt((pbx) -> pbx.changes().get(place).count()).sum() : each.count();
			boolean same = this.pbxs.stream().allMatch((pbx) -> pbx.changes().get(place).items().equals(each.items()));
			changes.add(new Change(each.effect(), each.kind(), each.subject(), count, same ? each.items() : List.of()));
		}
		return changes;
	}

	/** Whether there is nothing to name of a change that is there on one of them. */
	boolean differs(int place, Change merged) {
		return merged.items().isEmpty() && !this.pbxs.getFirst().changes().get(place).items().isEmpty();
	}

	private static boolean countsExtensions(Kind kind) {
		return kind.scope() == Scope.PBX
				|| (kind.scope() == Scope.POLICY && kind != Kind.RESTRICTED && kind != Kind.UNRESTRICTED);
	}

	/** What that means for numbers, with the extensions of all of them. */
	static Difference merged(Collection<Difference> differences) {
		var lines = new LinkedHashMap<List<Object>, List<Difference.Line>>();
		var gained = new TreeSet<String>();
		var lost = new TreeSet<String>();
		for (var each : differences) {
			gained.addAll(each.emergencyGained());
			lost.addAll(each.emergencyLost());
			each.lines()
				.forEach((line) -> lines
					.computeIfAbsent(List.of(line.change(), line.when(), line.numbers()), (key) -> new ArrayList<>())
					.add(line));
		}
		int all = differences.size();
		var merged = lines.values().stream().map((same) -> merged(same, all)).toList();
		int more = differences.stream().mapToInt(Difference::more).max().orElse(0);
		return new Difference(merged.stream().limit(Difference.MOST).toList(),
				more + Math.max(0, merged.size() - Difference.MOST), gained, lost,
				differences.stream().allMatch(Difference::complete));
	}

	private static Difference.Line merged(List<Difference.Line> same, int pbxs) {
		var first = same.getFirst();
		boolean all = same.size() == pbxs && same.stream().allMatch((line) -> line.callers().all());
		int count = same.stream().mapToInt((line) -> line.callers().count()).sum();
		return new Difference.Line(first.change(), first.when(), new Difference.Callers(count, List.of(), all),
				first.numbers());
	}

}
