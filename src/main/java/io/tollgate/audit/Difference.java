package io.tollgate.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import org.jspecify.annotations.Nullable;

/**
 * What was before and what is after, word by word.
 *
 * @param before in order; empty where there was nothing
 * @param after in order; empty where there is nothing
 */
record Difference(List<Piece> before, List<Piece> after) {

	/** Longer texts are shown as they are: nobody reads them word by word. */
	private static final int MOST_WORDS = 4_000;

	static Difference of(@Nullable String before, @Nullable String after) {
		if (before == null || after == null) {
			return new Difference(whole(before), whole(after));
		}
		var was = words(before);
		var is = words(after);
		if (was.size() > MOST_WORDS || is.size() > MOST_WORDS) {
			return new Difference(whole(before), whole(after));
		}
		var deltas = DiffUtils.diff(was, is).getDeltas();
		return new Difference(pieces(was, deltas.stream().map(AbstractDelta::getSource).toList()),
				pieces(is, deltas.stream().map(AbstractDelta::getTarget).toList()));
	}

	private static List<Piece> whole(@Nullable String text) {
		return (text != null) ? List.of(new Piece(text, false)) : List.of();
	}

	/** Words, and what stands between them. */
	private static List<String> words(String text) {
		return Arrays.asList(text.split("(?<=[\\s,;:])|(?=[\\s,;:])"));
	}

	private static List<Piece> pieces(List<String> words, List<Chunk<String>> changed) {
		var pieces = new ArrayList<Piece>();
		int at = 0;
		for (var chunk : changed) {
			add(pieces, words.subList(at, chunk.getPosition()), false);
			at = chunk.getPosition() + chunk.size();
			add(pieces, words.subList(chunk.getPosition(), at), true);
		}
		add(pieces, words.subList(at, words.size()), false);
		return pieces;
	}

	private static void add(List<Piece> pieces, List<String> words, boolean changed) {
		if (!words.isEmpty()) {
			pieces.add(new Piece(String.join("", words), changed));
		}
	}

	/**
	 * A piece of a text.
	 *
	 * @param changed whether only one of both sides has it
	 */
	record Piece(String text, boolean changed) {

	}

}
