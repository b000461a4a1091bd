package io.tollgate.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The phones of a {@link RealAsterisk}, played by sipp from one address: a phone is the
 * endpoint that it names.
 */
public final class SipPhones {

	private static final String ADDRESS = "127.0.0.30";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final RealAsterisk pbx;

	public SipPhones(RealAsterisk pbx) {
		this.pbx = pbx;
	}

	/**
	 * One call, ended when it is answered.
	 * @param endpoint who dials
	 * @param number the user part of the SIP address as it goes over the wire, so
	 * {@code %2B} is a plus sign
	 * @return the final SIP status, 200 when answered; 0 when there was none in 10 s
	 */
	public int call(String endpoint, String number) {
		return callAll(List.of(new Call(endpoint, number))).getFirst();
	}

	/**
	 * Many calls from one sipp process, up to 40 at a time; 2,000 take about 20 s.
	 * @param calls who dials what
	 * @return the final SIP status of each, in the order of the calls
	 */
	public List<Integer> callAll(List<Call> calls) {
		return run(ADDRESS, Scenarios.call(), calls, "X-Lab: 1", Duration.ofSeconds(60 + calls.size() / 10));
	}

	/**
	 * Calls that key in a PIN and # once they are answered, side by side; what is
	 * connected is ended after 1.5 seconds.
	 * @param pins of one length, by their calls
	 * @return the final SIP status of each; 1 when it was answered and then ended by the
	 * PBX
	 */
	public List<Integer> callWithPins(Map<Call, String> pins) {
		int digits = pins.values().iterator().next().length();
		var lines = new ArrayList<String>();
		pins.forEach((call, pin) -> lines.add(call.endpoint() + ";" + call.number() + ";" + lines.size() + ";X-Lab: 1;"
				+ String.join(";", pin.split(""))));
		return statuses(List.copyOf(pins.keySet()), log(ADDRESS, Scenarios.callWithDigits(digits), lines, PATIENCE));
	}

	/** One call of an endpoint that must give its password. */
	public int callWithPassword(String endpoint, String number) {
		return run(ADDRESS, Scenarios.callWithPassword(endpoint), List.of(new Call(endpoint, number)), "X-Lab: 1",
				PATIENCE)
			.getFirst();
	}

	/**
	 * One call from another address, with another header.
	 * @param address 127.0.0.13 is the endpoint {@code by-address}
	 * @param name what the From header says
	 * @param header a whole header line
	 */
	public int callFrom(String address, String name, String number, String header) {
		return run(address, Scenarios.call(), List.of(new Call(name, number)), header, PATIENCE).getFirst();
	}

	/** One call that the caller does not end; the time until the PBX did. */
	public Duration hold(String endpoint, String number) {
		long start = System.nanoTime();
		var log = log(ADDRESS, Scenarios.hold(), List.of(endpoint + ";" + number + ";0;X-Lab: 1"), PATIENCE);
		if (!log.equals(List.of("0 200", "0 1"))) {
			throw new AssertionError("not answered, or not ended by the PBX: " + log);
		}
		return Duration.ofNanos(System.nanoTime() - start);
	}

	/** Calls, and when answered sends the other side on to another number. */
	public void callAndTransfer(String endpoint, String number, String to) {
		var log = log(ADDRESS, Scenarios.callAndTransfer(), List.of(endpoint + ";" + number + ";0;X-Lab: 1;" + to),
				PATIENCE);
		if (!log.equals(List.of("0 200"))) {
			throw new AssertionError("not answered: " + log);
		}
	}

	private List<Integer> run(String address, String scenario, List<Call> calls, String header, Duration patience) {
		var lines = new ArrayList<String>();
		for (var call : calls) {
			lines.add(call.endpoint() + ";" + call.number() + ";" + lines.size() + ";" + header);
		}
		return statuses(calls, log(address, scenario, lines, patience));
	}

	/** The last one logged of each call. */
	private List<Integer> statuses(List<Call> calls, List<String> log) {
		var statuses = new Integer[calls.size()];
		for (var line : log) {
			var words = line.strip().split(" ");
			statuses[Integer.parseInt(words[0])] = Integer.valueOf(words[1]);
		}
		int lost = Arrays.asList(statuses).indexOf(null);
		if (lost >= 0) {
			throw new IllegalStateException("no outcome of " + calls.get(lost) + "\n" + this.pbx.logTail(30));
		}
		return List.of(statuses);
	}

	private List<String> log(String address, String scenario, List<String> lines, Duration patience) {
		try (var sipp = Sipp.start(address, FreePorts.udp(address), scenario, lines, "127.0.0.1:" + this.pbx.sipPort(),
				"-m", "" + lines.size(), "-r", "150", "-l", "40")) {
			var log = sipp.finish(patience);
			if (log.isEmpty()) {
				throw new IllegalStateException("sipp: " + sipp.complaints());
			}
			return log;
		}
	}

	/**
	 * A call to make.
	 *
	 * @param endpoint who dials
	 * @param number as in {@link SipPhones#call}
	 */
	public record Call(String endpoint, String number) {

		public Call {
			if (endpoint.matches("(?s).*[;\r\n].*") || number.matches("(?s).*[;\r\n].*")) {
				throw new IllegalArgumentException("not in one field of sipp: " + endpoint + " " + number);
			}
		}

	}

}
