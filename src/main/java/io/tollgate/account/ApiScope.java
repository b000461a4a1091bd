package io.tollgate.account;

import java.util.Arrays;
import java.util.Optional;

/** What an API token may be used for. Each endpoint asks for one. */
enum ApiScope {

	/** Reads the audit log. */
	AUDIT_READ("audit:read"),
	/** Reads the PBXs and how they stand. */
	PBX_READ("pbx:read"),
	/** Asks what would happen to a call. */
	DIAL_TEST("dial-test"),
	/** Reads what monitoring is told. */
	METRICS_READ("metrics:read"),
	/** Reads the policies, their countries and number restrictions. */
	POLICY_READ("policy:read"),
	/** Changes them, as far as its maker may. */
	POLICY_WRITE("policy:write"),
	/** Reads what is not applied yet, applies and generations. */
	APPLY_READ("apply:read"),
	/** Brings what is edited to the PBXs, and stops that. */
	APPLY_WRITE("apply:write"),
	/** Reads extensions and what they may not do. */
	EXTENSION_READ("extension:read"),
	/** Changes their call restrictions, as far as its maker may. */
	EXTENSION_WRITE("extension:write"),
	/** Reads outbound routes and trunks. */
	ROUTE_READ("route:read"),
	/** Changes them, as far as its maker may. */
	ROUTE_WRITE("route:write"),
	/** Reads PIN lists: whose PINs there are, never a PIN. */
	PIN_READ("pin:read"),
	/** Changes them, and is told PINs that are made up for it. */
	PIN_WRITE("pin:write"),
	/** Has PBXs be asked something. */
	PBX_WRITE("pbx:write"),
	/** Connects PBXs, says how they are reached, and removes them. */
	PBX_CONNECT("pbx:connect");

	private final String word;

	ApiScope(String word) {
		this.word = word;
	}

	/** What it is called, nothing for what is none. */
	static Optional<ApiScope> of(String word) {
		return Arrays.stream(values()).filter((scope) -> scope.word.equals(word)).findAny();
	}

	/** As people and scripts know it. */
	public String word() {
		return this.word;
	}

	/** As endpoints ask for it. */
	String authority() {
		return "SCOPE_" + this.word;
	}

}
