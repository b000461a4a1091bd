package io.tollgate.lab;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Scenarios for sipp. Fields of a caller: endpoint, number, index of the call, further
 * header. What they log: {@code <index> <final SIP status>}; an answering side logs the
 * user part of each INVITE.
 */
final class Scenarios {

	private static final String HEADER = """
			<?xml version="1.0" encoding="ISO-8859-1" ?>
			<scenario name="tollgate">
			""";

	private static final String SDP = """
			Content-Type: application/sdp
			Content-Length: [len]

			v=0
			o=u 1 1 IN IP4 [local_ip]
			s=-
			c=IN IP4 [local_ip]
			t=0 0
			m=audio 40000 RTP/AVP 0
			a=rtpmap:0 PCMU/8000
			""";

	/** To what a caller sends after the answer. */
	private static final String DIALOG = """
			Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
			[last_From:]
			[last_To:]
			[last_Call-ID:]
			""";

	private Scenarios() {
	}

	private static String send(String message) {
		return "<send retrans=\"500\"><![CDATA[\n" + message + "\n]]></send>\n";
	}

	private static String sendOnce(String message) {
		return "<send><![CDATA[\n" + message + "\n]]></send>\n";
	}

	private static String invite(int sequence, String credentials) {
		return send("""
				INVITE sip:[field1]@[remote_ip]:[remote_port] SIP/2.0
				Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
				From: <sip:[field0]@[local_ip]:[local_port]>;tag=[pid]tag[call_number]
				To: <sip:[field1]@[remote_ip]:[remote_port]>
				Call-ID: [call_id]
				CSeq: %d INVITE
				Contact: <sip:[field0]@[local_ip]:[local_port]>
				Max-Forwards: 70
				[field3]
				%s""".formatted(sequence, credentials) + SDP);
	}

	/** Every final answer but 200 is logged and acknowledged at label 9. */
	private static String answer(boolean challenged) {
		var finals = IntStream.concat(IntStream.of(300, 301, 302, 305, 380), IntStream.rangeClosed(400, 699))
			.filter((status) -> known(status) && !(challenged && status == 401))
			.mapToObj(
					"""
							<recv response="%1$d" optional="true" next="9"><action><log message="[field2] %1$d"/></action></recv>
							"""::formatted)
			.collect(Collectors.joining());
		return """
				<recv response="100" optional="true"></recv>
				<recv response="180" optional="true"></recv>
				<recv response="181" optional="true"></recv>
				<recv response="182" optional="true"></recv>
				<recv response="183" optional="true"></recv>
				""" + finals + """
				<recv response="200" rrs="true" timeout="10000" ontimeout="8">
				<action><log message="[field2] 200"/></action></recv>
				""" + sendOnce("ACK [next_url] SIP/2.0\n" + DIALOG + """
				CSeq: 1 ACK
				Max-Forwards: 70
				Content-Length: 0
				""");
	}

	/** What is in use, and what Asterisk answers. */
	private static boolean known(int status) {
		return status < 424 || status == 480 || status == 481 || status >= 482 && status <= 489 || status == 493
				|| status >= 500 && status <= 505 || status == 513 || status == 600 || status >= 603 && status <= 607;
	}

	private static String bye(int sequence) {
		return send("BYE [next_url] SIP/2.0\n" + DIALOG + "CSeq: " + sequence + """
				 BYE
				Max-Forwards: 70
				Content-Length: 0
				""") + "<recv response=\"200\" next=\"10\"></recv>\n";
	}

	private static String end() {
		return """
				<label id="8"/>
				<nop next="10"><action><log message="[field2] 0"/></action></nop>
				<label id="9"/>
				""" + sendOnce("""
				ACK sip:[field1]@[remote_ip]:[remote_port] SIP/2.0
				[last_Via:]
				[last_From:]
				[last_To:]
				[last_Call-ID:]
				CSeq: 1 ACK
				Max-Forwards: 70
				Content-Length: 0
				""") + "<label id=\"10\"/>\n</scenario>\n";
	}

	/** Calls, and hangs up when answered. */
	static String call() {
		return HEADER + invite(1, "") + answer(false) + bye(2) + end();
	}

	/** Calls, is asked for a password, gives it, and hangs up when answered. */
	static String callWithPassword(String endpoint) {
		return HEADER + invite(1, "") + """
				<recv response="100" optional="true"></recv>
				<recv response="401" auth="true"></recv>
				""" + sendOnce("""
				ACK sip:[field1]@[remote_ip]:[remote_port] SIP/2.0
				[last_Via:]
				[last_From:]
				[last_To:]
				[last_Call-ID:]
				CSeq: 1 ACK
				Max-Forwards: 70
				Content-Length: 0
				""") + invite(2, "[authentication username=" + endpoint + " password=" + RealAsterisk.SECRET + "]\n")
				+ answer(false).replace("CSeq: 1 ACK", "CSeq: 2 ACK") + bye(3)
				+ end().replace("CSeq: 1 ACK", "CSeq: 2 ACK");
	}

	/**
	 * Calls, and once answered keys in the digits of field 4 and #; hangs up when the PBX
	 * does not within 1.5 seconds. Logs status 1 when the PBX did.
	 * @param digits how many
	 */
	static String callWithDigits(int digits) {
		var keys = new StringBuilder("<pause milliseconds=\"400\"/>\n");
		for (int i = 0; i <= digits; i++) {
			var key = (i < digits) ? "[field" + (4 + i) + "]" : "#";
			keys.append(send("INFO [next_url] SIP/2.0\n" + DIALOG + "CSeq: " + (2 + i) + """
					 INFO
					Max-Forwards: 70
					Content-Type: application/dtmf-relay
					Content-Length: [len]

					Signal=%s
					Duration=100
					""".formatted(key))).append("<recv response=\"200\"></recv>\n<pause milliseconds=\"60\"/>\n");
		}
		return HEADER + invite(1, "") + answer(false) + keys + """
				<recv request="BYE" timeout="1500" ontimeout="7"></recv>
				""" + sendOnce("""
				SIP/2.0 200 OK
				[last_Via:]
				[last_From:]
				[last_To:]
				[last_Call-ID:]
				[last_CSeq:]
				Content-Length: 0
				""") + "<nop next=\"10\"><action><log message=\"[field2] 1\"/></action></nop>\n" + "<label id=\"7\"/>\n"
				+ bye(3 + digits) + end();
	}

	/** Calls, and waits for the other side to hang up. */
	static String hold() {
		return HEADER + invite(1, "") + answer(false) + """
				<recv request="BYE" timeout="30000" ontimeout="8"></recv>
				""" + sendOnce("""
				SIP/2.0 200 OK
				[last_Via:]
				[last_From:]
				[last_To:]
				[last_Call-ID:]
				[last_CSeq:]
				Content-Length: 0
				""") + "<nop next=\"10\"><action><log message=\"[field2] 1\"/></action></nop>\n" + end();
	}

	/** Calls, and when answered sends the other side on to the number in field 4. */
	static String callAndTransfer() {
		return HEADER + invite(1, "") + answer(false) + "<pause milliseconds=\"300\"/>\n"
				+ send("REFER [next_url] SIP/2.0\n" + DIALOG + """
						CSeq: 2 REFER
						Contact: <sip:[field0]@[local_ip]:[local_port]>
						Refer-To: <sip:[field4]@[remote_ip]>
						Referred-By: <sip:[field0]@[local_ip]>
						Max-Forwards: 70
						Content-Length: 0
						""") + """
						<recv response="202" next="7"></recv>
						<label id="7"/>
						<pause milliseconds="1500"/>
						""" + bye(3) + end();
	}

	private static String reply(String line, String more) {
		return "SIP/2.0 " + line + """

				[last_Via:]
				[last_From:]
				[last_To:];tag=[pid]tag[call_number]
				[last_Call-ID:]
				[last_CSeq:]
				Contact: <sip:uas@[local_ip]:[local_port]>
				""" + more;
	}

	private static String receiveInvite() {
		return """
				<recv request="INVITE" crlf="true" rrs="true"><action>
				<ereg regexp="INVITE sip:([^@]*)@" search_in="msg" assign_to="1,2"/>
				<ereg regexp=": *(.*)" search_in="hdr" header="From" assign_to="3,4"/>
				<log message="[$2]"/>
				</action></recv>
				<Reference variables="1,3,4"/>
				""";
	}

	private static String pickUp() {
		return HEADER + receiveInvite() + sendOnce(reply("180 Ringing", "Content-Length: 0\n"))
				+ send(reply("200 OK", SDP)) + "<recv request=\"ACK\" crlf=\"true\" rrs=\"true\"></recv>\n";
	}

	private static String waitForBye() {
		return "<recv request=\"BYE\"></recv>\n" + sendOnce("""
				SIP/2.0 200 OK
				[last_Via:]
				[last_From:]
				[last_To:]
				[last_Call-ID:]
				[last_CSeq:]
				Content-Length: 0
				""") + "</scenario>\n";
	}

	/** Answers every call and waits for its end. */
	static String answerCalls() {
		return pickUp() + waitForBye();
	}

	/** Answers every call and sends the caller on to a number. */
	static String answerAndTransfer(String number) {
		return pickUp() + "<pause milliseconds=\"300\"/>\n" + send("""
				REFER [next_url] SIP/2.0
				Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
				From: <sip:uas@[local_ip]:[local_port]>;tag=[pid]tag[call_number]
				To: [$4]
				[last_Call-ID:]
				CSeq: 2 REFER
				Contact: <sip:uas@[local_ip]:[local_port]>
				Refer-To: <sip:%s@127.0.0.1>
				Max-Forwards: 70
				Content-Length: 0
				""".formatted(number))
				+ "<recv response=\"202\"></recv>\n<pause milliseconds=\"1500\"/>\n</scenario>\n";
	}

	/** Answers every call with "moved" to a number. */
	static String forwardCalls(String address) {
		return HEADER + receiveInvite()
				+ sendOnce(reply("302 Moved Temporarily", "Content-Length: 0\n")
					.replace("<sip:uas@[local_ip]:[local_port]>", "<sip:" + address + ">"))
				+ "<recv request=\"ACK\"></recv>\n</scenario>\n";
	}

}
