package io.tollgate.simulator;

import java.util.BitSet;
import java.util.Comparator;

/** Asterisk's dial patterns, as far as listing a dialplan needs them. */
final class ExtensionPattern {

	/** Names first, then patterns, the narrower ones before the wider ones. */
	static final Comparator<String> ORDER = (left, right) -> {
		boolean leftIsPattern = left.startsWith("_");
		boolean rightIsPattern = right.startsWith("_");
		if (!leftIsPattern || !rightIsPattern) {
			return (leftIsPattern == rightIsPattern) ? left.compareTo(right) : (leftIsPattern ? 1 : -1);
		}
		return comparePatterns(left, right);
	};

	private static final int DOT = 256;

	private static final int BANG = 257;

	private static final int END = 258;

	private ExtensionPattern() {
	}

	/** Whether somebody who dials that number would find that extension. */
	static boolean matches(String extension, String dialled) {
		if (!extension.startsWith("_")) {
			return extension.equals(dialled);
		}
		var cursor = new Cursor(extension);
		for (int i = 0; i < dialled.length(); i++) {
			var set = cursor.next();
			if (cursor.width != END && set.isEmpty()) {
				return cursor.width == BANG || cursor.width == DOT;
			}
			if (!set.get(dialled.charAt(i))) {
				return false;
			}
		}
		cursor.next();
		return cursor.width == END || cursor.width == BANG;
	}

	private static int comparePatterns(String left, String right) {
		var leftCursor = new Cursor(left);
		var rightCursor = new Cursor(right);
		while (true) {
			var leftSet = leftCursor.next();
			var rightSet = rightCursor.next();
			int order = Integer.compare(leftCursor.width, rightCursor.width);
			if (order == 0) {
				order = Integer.compare(leftSet.nextSetBit(0), rightSet.nextSetBit(0));
			}
			if (order == 0) {
				order = leftSet.toString().compareTo(rightSet.toString());
			}
			if (order != 0 || leftCursor.width >= DOT) {
				return order;
			}
		}
	}

	/** Walks a pattern position by position. */
	private static final class Cursor {

		private final String pattern;

		private int at = 1;

		/** How many characters the position takes, or one of the three marks. */
		private int width;

		Cursor(String pattern) {
			this.pattern = pattern;
		}

		/** The characters of the next position, empty at a wildcard and at the end. */
		private BitSet next() {
			var set = new BitSet();
			while (this.at < this.pattern.length() && "- ".indexOf(this.pattern.charAt(this.at)) >= 0) {
				this.at++;
			}
			if (this.at >= this.pattern.length()) {
				this.width = END;
				return set;
			}
			char c = this.pattern.charAt(this.at++);
			switch (c) {
				case 'x', 'X' -> set.set('0', '9' + 1);
				case 'z', 'Z' -> set.set('1', '9' + 1);
				case 'n', 'N' -> set.set('2', '9' + 1);
				case '[' -> readSet(set);
				case '.', '!' -> {
				}
				default -> set.set(c);
			}
			this.width = (c == '.') ? DOT : (c == '!') ? BANG : set.cardinality();
			return set;
		}

		private void readSet(BitSet set) {
			int end = this.pattern.indexOf(']', this.at);
			end = (end < 0) ? this.pattern.length() : end;
			while (this.at < end) {
				char from = this.pattern.charAt(this.at++);
				if (this.at + 1 < end && this.pattern.charAt(this.at) == '-') {
					char to = this.pattern.charAt(this.at + 1);
					this.at += 2;
					if (from <= to) {
						set.set(from, to + 1);
					}
				}
				else {
					set.set(from);
				}
			}
			this.at = Math.min(end + 1, this.pattern.length());
		}

	}

}
