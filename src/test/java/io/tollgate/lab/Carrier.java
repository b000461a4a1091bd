package io.tollgate.lab;

import java.util.List;

/**
 * The far end of the trunk, played by sipp: answers every call that the PBX sends out and
 * notes the number that was sent.
 */
public final class Carrier implements AutoCloseable {

	private final Sipp sipp;

	private int seen;

	private Carrier(Sipp sipp) {
		this.sipp = sipp;
	}

	/** A carrier that answers. */
	public static Carrier start(RealAsterisk pbx) {
		return start(pbx, Scenarios.answerCalls());
	}

	/** A carrier that answers, and then transfers the PBX's side to a number (REFER). */
	public static Carrier transferring(RealAsterisk pbx, String number) {
		return start(pbx, Scenarios.answerAndTransfer(number));
	}

	private static Carrier start(RealAsterisk pbx, String scenario) {
		return new Carrier(Sipp.start("127.0.0.20", pbx.trunkPort(), scenario, List.of()).listening());
	}

	/**
	 * The numbers that came since the last time, as they were on the wire. A number is
	 * there before its call is answered.
	 */
	public List<String> numbers() {
		var all = this.sipp.log();
		var news = all.subList(this.seen, all.size());
		this.seen = all.size();
		return List.copyOf(news);
	}

	@Override
	public void close() {
		this.sipp.close();
	}

}
