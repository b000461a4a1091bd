package io.tollgate.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A measurement, run by {@code scripts/bench-post-dial-delay}: the time from a phone's
 * INVITE to the carrier's, with and without the guard in turn. Plays both ends itself, as
 * sipp's clock is too coarse.
 */
@EnabledIfSystemProperty(named = "tollgate.bench.calls", matches = "[0-9]+",
		disabledReason = "a measurement: scripts/bench-post-dial-delay")
class PostDialDelayTests {

	private static final String NUMBER = "00541938384";

	@ParameterizedTest
	@EnumSource(RealAsterisk.Version.class)
	void addedByTheGuard(RealAsterisk.Version version) throws Exception {
		int calls = Integer.getInteger("tollgate.bench.calls");
		try (var pbx = RealAsterisk.start(version, LabSpec.of(10)); var ami = pbx.ami()) {
			load(pbx, ami);
			var with = new ArrayList<Long>();
			var without = new ArrayList<Long>();
			try (var phone = socket("127.0.0.31", 0); var carrier = socket("127.0.0.20", pbx.trunkPort())) {
				var line = new Line(pbx.sipPort(), phone, carrier);
				for (int n = -20; n < calls; n++) {
					long plain = line.call("unguarded");
					long guarded = line.call("1001");
					if (n >= 0) {
						without.add(plain);
						with.add(guarded);
					}
				}
			}
			System.out.printf("Asterisk %s, %d calls each: median %.2f ms without guard, %.2f ms with, %.2f ms added%n",
					version.number(), calls, median(without), median(with), median(with) - median(without));
		}
	}

	private static void load(RealAsterisk pbx, LabAmi ami) {
		pbx.install(Map.of("tollgate_guard.conf", GuardFiles.guard(), "tollgate_slot_a.conf",
				GuardFiles.slot("a", List.of("911"), List.of("NXXXXXXXX", "00NXXXX!")), "tollgate_slot_b.conf",
				GuardFiles.slot("b", List.of("911"), List.of("NXXXXXXXX", "00NXXXX!"))));
		for (int code = 20; code < 271; code++) {
			ami.put("7/e164/" + code, "ai");
		}
		for (var row : Map.of("cfg", "1a00", "ip/+", "1c", "ip/00", "2c", "ip/011", "3c", "ext/1001", "11")
			.entrySet()) {
			ami.put("7/" + row.getKey(), row.getValue());
		}
		ami.put("active", "7-6-9999999999");
	}

	private static DatagramSocket socket(String address, int port) throws IOException {
		var socket = new DatagramSocket(new InetSocketAddress(address, port));
		socket.setSoTimeout(5_000);
		return socket;
	}

	private static double median(List<Long> nanos) {
		Collections.sort(nanos);
		return nanos.get(nanos.size() / 2) / 1e6;
	}

	/** A phone and a carrier that is busy. */
	private record Line(int sipPort, DatagramSocket phone, DatagramSocket carrier) {

		/** Nanoseconds from the phone's INVITE to the carrier's. */
		long call(String endpoint) throws Exception {
			var id = UUID.randomUUID().toString();
			long start = System.nanoTime();
			send(this.phone, request("INVITE", endpoint, id, ""), this.sipPort);
			var invite = receive(this.carrier, "INVITE");
			long delay = System.nanoTime() - start;
			send(this.carrier,
					"SIP/2.0 486 Busy Here\r\n" + header(invite, "Via") + header(invite, "From")
							+ header(invite, "To").replace("\r\n", ";tag=c\r\n") + header(invite, "Call-ID")
							+ header(invite, "CSeq") + "Content-Length: 0\r\n\r\n",
					this.sipPort);
			receive(this.carrier, "ACK");
			var busy = receive(this.phone, "SIP/2.0 486");
			var tag = Pattern.compile("(?m)^To:.*(;tag=[^;\r]+)")
				.matcher(busy)
				.results()
				.findFirst()
				.orElseThrow()
				.group(1);
			send(this.phone, request("ACK", endpoint, id, tag), this.sipPort);
			TimeUnit.MILLISECONDS.sleep(4); // lets the call's threads end before the next
											// call is measured
			return delay;
		}

		private String request(String method, String endpoint, String id, String tag) {
			var address = "127.0.0.31:" + this.phone.getLocalPort();
			var sdp = method.equals("ACK") ? "" : "v=0\r\no=u 1 1 IN IP4 127.0.0.31\r\ns=-\r\nc=IN IP4 127.0.0.31\r\n"
					+ "t=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";
			return method + " sip:" + NUMBER + "@127.0.0.1:" + this.sipPort + " SIP/2.0\r\nVia: SIP/2.0/UDP " + address
					+ ";branch=z9hG4bK" + id + "\r\nFrom: <sip:" + endpoint + "@127.0.0.31>;tag=p" + id
					+ "\r\nTo: <sip:" + NUMBER + "@127.0.0.1>" + tag + "\r\nCall-ID: " + id + "\r\nCSeq: 1 " + method
					+ "\r\nContact: <sip:" + endpoint + "@" + address + ">\r\nMax-Forwards: 70\r\n"
					+ (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + sdp.length()
					+ "\r\n\r\n" + sdp;
		}

		private static String header(String message, String name) {
			return message.lines()
				.filter((line) -> line.startsWith(name + ":"))
				.map((line) -> line + "\r\n")
				.collect(Collectors.joining());
		}

		private static void send(DatagramSocket from, String message, int port) throws IOException {
			var bytes = message.getBytes(StandardCharsets.US_ASCII);
			from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.0.0.1"), port));
		}

		private static String receive(DatagramSocket at, String start) throws IOException {
			while (true) {
				var packet = new DatagramPacket(new byte[8_192], 8_192);
				at.receive(packet);
				var message = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
				if (message.startsWith(start)) {
					return message;
				}
			}
		}

	}

}
