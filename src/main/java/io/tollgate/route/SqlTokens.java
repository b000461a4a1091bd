package io.tollgate.route;

import java.io.IOException;
import java.io.Reader;

/**
 * The words of an SQL dump, one after the other, in constant memory. Comments are passed
 * over, those that a server would run too: what mysqldump writes into them sets it up.
 */
final class SqlTokens {

	private static final int NOTHING = -2;

	private static final int END = -1;

	private final Reader in;

	private final int longest;

	private int ahead = NOTHING;

	private int line = 1;

	private final StringBuilder text = new StringBuilder();

	/**
	 * The dump.
	 * @param longest how many characters one value may have
	 */
	SqlTokens(Reader in, int longest) {
		this.in = in;
		this.longest = longest;
	}

	/** Where the word that was read last ends, from 1. */
	int line() {
		return this.line;
	}

	/** The word that was read last, without its quotes. */
	String text() {
		return this.text.toString();
	}

	boolean is(String word) {
		return this.text.length() == word.length() && this.text.toString().equalsIgnoreCase(word);
	}

	/**
	 * Goes on to the next word.
	 * @param keep whether somebody asks for its {@link #text}; what nobody asks for may
	 * be of any length
	 */
	Kind next(boolean keep) throws IOException, UnreadableDump {
		this.text.setLength(0);
		int c = afterBlanks();
		if (c == END) {
			return Kind.END;
		}
		if (c == '\'' || c == '"' || c == '`') {
			quoted(c, keep);
			return (c == '`') ? Kind.NAME : Kind.TEXT;
		}
		add(c, keep);
		if (!isWord(c) && !(isSign(c) && isDigit(peek()))) {
			return Kind.MARK;
		}
		while (isWord(peek()) || peek() == '.') {
			add(read(), keep);
		}
		return Kind.WORD;
	}

	private int afterBlanks() throws IOException, UnreadableDump {
		while (true) {
			int c = read();
			if (c == 0) {
				throw new UnreadableDump("not-text", this.line);
			}
			if (c == '#' || (c == '-' && peek() == '-')) {
				restOfLine();
			}
			else if (c == '/' && peek() == '*') {
				comment();
			}
			else if (c == END || !Character.isWhitespace(c)) {
				return c;
			}
		}
	}

	private void restOfLine() throws IOException {
		while (peek() != END && peek() != '\n') {
			read();
		}
	}

	private void comment() throws IOException, UnreadableDump {
		read();
		int before = 0;
		for (int c = read(); !(before == '*' && c == '/'); c = read()) {
			if (c == END) {
				throw new UnreadableDump("cut-off", this.line);
			}
			before = c;
		}
	}

	private void quoted(int quote, boolean keep) throws IOException, UnreadableDump {
		while (true) {
			int c = read();
			if (c == END) {
				throw new UnreadableDump("cut-off", this.line);
			}
			if (c == quote) {
				if (peek() != quote) {
					return;
				}
				read();
			}
			else if (c == '\\' && quote != '`') {
				c = escaped(read());
			}
			add(c, keep);
		}
	}

	/** What stands for itself is most of it; the rest is no part of a name or number. */
	private int escaped(int c) throws UnreadableDump {
		return switch (c) {
			case END -> throw new UnreadableDump("cut-off", this.line);
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'b' -> '\b';
			case '0' -> 0;
			case 'Z' -> 26;
			default -> c;
		};
	}

	private void add(int c, boolean keep) throws UnreadableDump {
		if (keep && this.text.length() >= this.longest) {
			throw new UnreadableDump("too-long", this.line, this.longest);
		}
		if (keep || this.text.isEmpty()) {
			this.text.append((char) c);
		}
	}

	private static boolean isWord(int c) {
		return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '@';
	}

	private static boolean isSign(int c) {
		return c == '-' || c == '+';
	}

	private static boolean isDigit(int c) {
		return c >= '0' && c <= '9';
	}

	private int peek() throws IOException {
		if (this.ahead == NOTHING) {
			this.ahead = this.in.read();
		}
		return this.ahead;
	}

	private int read() throws IOException {
		int c = peek();
		this.ahead = NOTHING;
		this.line += (c == '\n') ? 1 : 0;
		return c;
	}

	/** What a word is. */
	enum Kind {

		/** Without quotes: a keyword, a number. */
		WORD,
		/** In backticks. */
		NAME,
		/** In quotes. */
		TEXT,
		/** One sign. */
		MARK,
		/** There is no more. */
		END

	}

}
