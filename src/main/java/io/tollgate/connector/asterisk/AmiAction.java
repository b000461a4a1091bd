package io.tollgate.connector.asterisk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.tollgate.connector.ConnectorException;
import io.tollgate.connector.Problem;

/**
 * One message to a PBX. Only the factories below make one, so only these actions exist;
 * only {@link #encode} turns one into bytes, so nothing that a header value holds can
 * start a second header or a second action. Writing is confined to the AstDB family
 * {@code tollgate}, to verdicts that are forgotten, and to the files that the portal
 * owns; what is originated runs into a context where nothing dials.
 */
final class AmiAction {

	static final String FAMILY = "tollgate";

	/** Beside the generations: outlives no question. */
	static final String PROBE_FAMILY = "tollgateprobe";

	/** More edits than this do not fit into {@link #MAX_HEADERS} headers. */
	static final int MAX_EDITS = 31;

	/** Asterisk refuses a message with more headers. */
	static final int MAX_HEADERS = 128;

	/** Asterisk refuses a longer line; bytes, without the line end. */
	static final int MAX_LINE = 1022;

	private static final String ACTION_ID = "ActionID";

	private final String name;

	private final List<Header> headers = new ArrayList<>(4);

	private AmiAction(String name) {
		this.name = name;
	}

	static AmiAction challenge() {
		return new AmiAction("Challenge").with("AuthType", "MD5");
	}

	static AmiAction login(String user, String md5Key) {
		return new AmiAction("Login").with("AuthType", "MD5").with("Username", user).with("Key", md5Key).silent();
	}

	static AmiAction loginPlain(String user, String secret) {
		return new AmiAction("Login").with("Username", user).with("Secret", secret).silent();
	}

	static AmiAction logoff() {
		return new AmiAction("Logoff");
	}

	/** Answers with the PBX's clock, too. */
	static AmiAction ping() {
		return new AmiAction("Ping");
	}

	/** From now on this line gets what the account may read of the dialplan's events. */
	static AmiAction userEvents() {
		return new AmiAction("Events").with("EventMask", "user");
	}

	static AmiAction coreSettings() {
		return new AmiAction("CoreSettings");
	}

	/** Answers with the actions that this account may use, and only those. */
	static AmiAction listCommands() {
		return new AmiAction("ListCommands");
	}

	static AmiAction showEndpoints() {
		return new AmiAction("PJSIPShowEndpoints");
	}

	/**
	 * Asks for the caller ID alone: {@code PJSIPShowEndpoint} would also answer with the
	 * SIP password.
	 */
	static AmiAction callerId(String endpoint) {
		return endpoint(endpoint, "callerid");
	}

	/** The context that an endpoint's calls come into. */
	static AmiAction contextOf(String endpoint) {
		return endpoint(endpoint, "context");
	}

	/** Who carries out a redirection that an endpoint answers with. */
	static AmiAction redirectMethod(String endpoint) {
		return endpoint(endpoint, "redirect_method");
	}

	/** One of those variables that change where calls go, for all channels. */
	static AmiAction global(String variable) {
		require(Applications.VARIABLES.contains(variable), "variable");
		return new AmiAction("Getvar").with("Variable", variable);
	}

	/**
	 * The endpoints of pjsip.conf that set that variable; the filter knows no
	 * alternatives.
	 */
	static AmiAction readVariable(String variable) {
		require(Applications.VARIABLES.contains(variable), "variable");
		return new AmiAction("GetConfig").with("Filename", "pjsip.conf")
			.with("Filter", "type=^endpoint$,set_var=^_*" + variable + "=");
	}

	/** Fails when that channel driver is not loaded. */
	static AmiAction checkDriver(String module) {
		require(Inspector.OTHER_DRIVERS.contains(module), "module");
		return new AmiAction("ModuleCheck").with("Module", module);
	}

	private static AmiAction endpoint(String endpoint, String option) {
		require(AsteriskDialect.isEndpointName(endpoint), "endpoint");
		return new AmiAction("Getvar").with("Variable", "PJSIP_ENDPOINT(" + endpoint + "," + option + ")");
	}

	static AmiAction dbPut(String key, String value) {
		return new AmiAction("DBPut").with("Family", FAMILY).with("Key", key(key)).with("Val", value);
	}

	static AmiAction dbGet(String key) {
		return new AmiAction("DBGet").with("Family", FAMILY).with("Key", key(key));
	}

	static AmiAction dbDel(String key) {
		return new AmiAction("DBDel").with("Family", FAMILY).with("Key", key(key));
	}

	/** The whole family. */
	static AmiAction dbGetTree() {
		return new AmiAction("DBGetTree").with("Family", FAMILY);
	}

	static AmiAction dbGetTree(int generation) {
		return new AmiAction("DBGetTree").with("Family", FAMILY).with("Key", Integer.toString(generation));
	}

	static AmiAction dbDelTree(int generation) {
		return new AmiAction("DBDelTree").with("Family", FAMILY).with("Key", Integer.toString(generation));
	}

	/** The whole dialplan. */
	static AmiAction showDialPlan() {
		return new AmiAction("ShowDialPlan");
	}

	static AmiAction showDialPlan(String context) {
		return new AmiAction("ShowDialPlan").with("Context", context);
	}

	/**
	 * One context as extensions.conf and all that it includes have it now, loaded or not.
	 */
	static AmiAction readContext(String context) {
		return new AmiAction("GetConfig").with("Filename", "extensions.conf").with("Category", context);
	}

	/**
	 * The endpoints of pjsip.conf with their options, and nothing that holds a password.
	 */
	static AmiAction readEndpoints() {
		return new AmiAction("GetConfig").with("Filename", "pjsip.conf").with("Filter", "type=^endpoint$");
	}

	/**
	 * Those extensions of a context, and of all that it includes, that a dialled number
	 * finds.
	 */
	static AmiAction showDialPlan(String context, String number) {
		return showDialPlan(context).with("Extension", number(number));
	}

	/**
	 * Runs a number through the guard in the name of an endpoint; the verdict is noted
	 * under that number in {@link #PROBE_FAMILY}. No call record is written. Answers when
	 * that is done: with an error, since nobody has answered.
	 */
	static AmiAction probe(int id, String endpoint, String number, Duration limit) {
		require(AsteriskDialect.isEndpointName(endpoint), "endpoint");
		return new AmiAction("Originate").with("Channel", "Local/" + number(number) + "@tollgate-probe/n")
			.with("Application", "NoOp")
			.with("Timeout", Long.toString(limit.toMillis()))
			.with("Variable", "_TGP_WHO=" + endpoint)
			.with("Variable", "_TGP_ID=" + id)
			.with("Variable", "CDR_PROP(disable)=1");
	}

	/** All verdicts. */
	static AmiAction readProbes() {
		return new AmiAction("DBGetTree").with("Family", PROBE_FAMILY);
	}

	static AmiAction forgetProbes() {
		return new AmiAction("DBDelTree").with("Family", PROBE_FAMILY);
	}

	static AmiAction readFile(String file) {
		return new AmiAction("GetConfig").with("Filename", owned(file));
	}

	static AmiAction createConfig(String file) {
		return new AmiAction("CreateConfig").with("Filename", owned(file));
	}

	/** The edits are numbered from 000000 without a gap, or Asterisk ignores the rest. */
	static AmiAction updateConfig(String file, List<Edit> edits) {
		require(edits.size() <= MAX_EDITS, "edits");
		var action = new AmiAction("UpdateConfig").with("SrcFilename", owned(file)).with("DstFilename", file);
		for (int i = 0; i < edits.size(); i++) {
			var edit = edits.get(i);
			var number = String.format(Locale.ROOT, "-%06d", i);
			action.with("Action" + number, edit.action).with("Cat" + number, edit.context);
			if (!edit.variable.isEmpty()) {
				// the ">" makes it "variable => value" in the file
				action.with("Var" + number, edit.variable).with("Value" + number, ">" + edit.value);
			}
		}
		return action;
	}

	/** Reads extensions.conf and what it includes again. */
	static AmiAction reloadDialplan() {
		return new AmiAction("Reload").with("Module", "pbx_config.so");
	}

	String name() {
		return this.name;
	}

	/**
	 * The message as it goes over the line.
	 * @throws ConnectorException of kind {@code REFUSED} when a value holds a line end or
	 * another control character, or something is too long; the problem names the header,
	 * never the value
	 */
	byte[] encode(String actionId) {
		if (this.headers.size() + 2 > MAX_HEADERS) {
			throw unsendable(this.name);
		}
		var out = new ByteArrayOutputStream(128);
		line(out, "Action", this.name);
		line(out, ACTION_ID, actionId);
		for (var header : this.headers) {
			line(out, header.name(), header.value());
		}
		out.write('\r');
		out.write('\n');
		return out.toByteArray();
	}

	private static void line(ByteArrayOutputStream out, String name, String value) {
		if (!isPlain(value)) {
			throw unsendable(name);
		}
		byte[] bytes = (name + ": " + value + "\r\n").getBytes(StandardCharsets.UTF_8);
		if (bytes.length - 2 > MAX_LINE) {
			throw unsendable(name);
		}
		out.writeBytes(bytes);
	}

	/**
	 * No control characters, none of Unicode's line and paragraph ends, no half
	 * characters.
	 */
	static boolean isPlain(String value) {
		return value.codePoints().allMatch((c) -> switch (Character.getType(c)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
					Character.FORMAT ->
				false;
			default -> true;
		});
	}

	private AmiAction with(String header, String value) {
		this.headers.add(new Header(header, value));
		return this;
	}

	/** No events: the portal asks, it does not listen on this line. */
	private AmiAction silent() {
		return with("Events", "off");
	}

	private static String key(String key) {
		require(key.matches("[A-Za-z0-9_.@+*/-]{1,80}"), "key");
		return key;
	}

	private static String number(String number) {
		require(number.matches("\\+?[0-9]{1,32}"), "number");
		return number;
	}

	private static String owned(String file) {
		// nothing else is ever written
		require(GuardText.isOwn(file), "file");
		return file;
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw unsendable(what);
		}
	}

	private static ConnectorException unsendable(String what) {
		return new ConnectorException(ConnectorException.Kind.REFUSED, Problem.of("unsendable", what));
	}

	/** Leaves values out: one may be a secret. */
	@Override
	public String toString() {
		return this.name;
	}

	private record Header(String name, String value) {
	}

	/** One step of an {@code UpdateConfig}. */
	record Edit(String action, String context, String variable, String value) {

		static Edit deleteContext(String context) {
			return new Edit("DelCat", context, "", "");
		}

		static Edit newContext(String context) {
			return new Edit("NewCat", context, "", "");
		}

		static Edit append(String context, String variable, String value) {
			return new Edit("Append", context, variable, value);
		}

	}

}
