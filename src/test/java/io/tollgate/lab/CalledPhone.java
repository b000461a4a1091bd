package io.tollgate.lab;

import java.util.List;

/** What every called extension of a PBX does. */
public final class CalledPhone implements AutoCloseable {

	private final Sipp sipp;

	private CalledPhone(RealAsterisk pbx, String scenario) {
		this.sipp = Sipp.start("127.0.0.12", pbx.phonesPort(), scenario, List.of()).listening();
	}

	/** It sends its callers elsewhere (302). */
	public static CalledPhone forwarding(RealAsterisk pbx, String number) {
		return new CalledPhone(pbx, Scenarios.forwardCalls(number + "@127.0.0.1"));
	}

	/** It sends its callers to a number at the address of the carrier (302). */
	public static CalledPhone forwardingToCarrier(RealAsterisk pbx, String number) {
		return new CalledPhone(pbx, Scenarios.forwardCalls(number + "@127.0.0.20:" + pbx.trunkPort()));
	}

	/** It answers, and then transfers the caller to a number (REFER). */
	public static CalledPhone transferring(RealAsterisk pbx, String number) {
		return new CalledPhone(pbx, Scenarios.answerAndTransfer(number));
	}

	/** How many calls it has got. */
	public int calls() {
		return this.sipp.log().size();
	}

	@Override
	public void close() {
		this.sipp.close();
	}

}
