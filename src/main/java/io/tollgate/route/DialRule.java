package io.tollgate.route;

/**
 * One row of dial patterns. It takes what begins with the prefix and goes on with what
 * the match pattern matches; the prefix is taken off and the prepended digits are put in
 * front. Empty text stands for none.
 *
 * @param prepend digits, {@code +}, {@code *} or {@code #}, put in front of what is sent
 * @param prefix digits, {@code +}, {@code *} or {@code #} that must be dialled and are
 * not sent
 * @param match an Asterisk dial pattern without leading underscore: {@code NXXXXXXXXX}
 * @param callerId a dial pattern of the calling extension's number. Not of the caller ID
 * that the phone sends: that can be forged
 */
public record DialRule(String prepend, String prefix, String match, String callerId) {

	/** A rule that sends what was dialled. */
	public static DialRule of(String match) {
		return new DialRule("", "", match, "");
	}

	/** What is dialled, as one pattern without underscore. */
	public String dialled() {
		return this.prefix + this.match;
	}

	/**
	 * The number that is sent for a number that this rule takes.
	 * @param dialled begins with the prefix
	 */
	public String send(String dialled) {
		return this.prepend + dialled.substring(this.prefix.length());
	}

}
