package io.tollgate.account;

import java.util.Arrays;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * What is worth asking again who sits there: routes, all of them POST, that need a factor
 * proved within the last ten minutes, and who may use them. Everything about this is
 * here. The fleet stop is missing on purpose: stopping fraud never waits.
 */
enum Sensitive {

	/** Brings what was decided to the PBXs. */
	APPLY(Role.OPERATOR, "/applies"),
	/** Goes on with a roll-out that waits. */
	CONTINUE(Role.OPERATOR, "/applies/{id}/continue"),
	/** Goes back to what a PBX ran before. */
	RESTORE(Role.OPERATOR, "/pbxs/{id}/generations/{generation}/restore"),
	/** Takes back what somebody changed on a PBX by hand. */
	REPAIR(Role.OPERATOR, "/pbxs/{id}/drift/repair"),
	/** Takes over what somebody changed on a PBX by hand. */
	ADOPT(Role.OPERATOR, "/pbxs/{id}/drift/adopt"),
	/** Lets calls abroad out again. */
	LIFT(Role.ADMINISTRATOR, "/stop/lift"),
	/** Lets loosen what somebody else asked for. */
	APPROVE(Role.OPERATOR, "/approvals/{id}/approve"),
	/** Says whether a second person is needed. */
	TWO_PERSONS(Role.ADMINISTRATOR, "/approvals/rule"),
	/** Stores the secret of a PBX. */
	CONNECT(Role.ADMINISTRATOR, "/pbxs"),
	/** Changes the secret of a PBX, or where it is sent. */
	CONNECTION(Role.ADMINISTRATOR, "/pbxs/{id}/connection"),
	/** Forgets the secret of a PBX, and watches it no more. */
	REMOVE(Role.ADMINISTRATOR, "/pbxs/{id}/remove"),
	/** Says whether what somebody changes on a PBX by hand is overwritten. */
	REPAIRS(Role.OPERATOR, "/security/settings/{policy}/repairs"),
	/** Changes many policies at once, and what is repaired on PBXs without asking. */
	POLICY_FILE(Role.OPERATOR, "/policies/import/{file}"),
	/** Says who needs a passkey. */
	PASSKEY_RULE(Role.ADMINISTRATOR, "/users/passkey-requirement"),
	/** Invites somebody. */
	INVITE(Role.ADMINISTRATOR, "/users"),
	/** Changes what somebody may do, or how they sign in. */
	USER(Role.ADMINISTRATOR, "/users/{id}/**"),
	/** Has somebody be told what happens. */
	CHANNEL(Role.ADMINISTRATOR, "/notifications"),
	/** Changes who is told what happens, or whether. */
	CHANNELS(Role.ADMINISTRATOR, "/notifications/{id}/**"),
	/** Changes one's own password. */
	PASSWORD(Role.VIEWER, "/account/password"),
	/** Makes a key for scripts. Taking one back never waits. */
	TOKEN(Role.OPERATOR, TokenController.PATH),
	/** Names or removes a passkey of one's own. */
	PASSKEY(Role.VIEWER, "/account/passkeys/{change}");

	private final Role role;

	private final PathPatternRequestMatcher route;

	Sensitive(Role role, String pattern) {
		this.role = role;
		this.route = PathPatternRequestMatcher.pathPattern(HttpMethod.POST, pattern);
	}

	Role role() {
		return this.role;
	}

	PathPatternRequestMatcher route() {
		return this.route;
	}

	static Optional<Sensitive> of(HttpServletRequest request) {
		return Arrays.stream(values()).filter((one) -> one.route.matches(request)).findFirst();
	}

}
