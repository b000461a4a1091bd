package io.tollgate.fleet;

import java.time.Instant;
import java.util.Locale;

import io.tollgate.apply.FleetStatus.PbxStatus;
import io.tollgate.pbx.Pbx;
import org.jspecify.annotations.Nullable;

/**
 * One PBX in the list.
 *
 * @param pbx the PBX
 * @param policy the name of its policy
 * @param status how it stands to what the portal wants
 * @param extensions how many extensions it has
 * @param contact when it last answered, in words, {@code null} for never
 * @param applied when its generation was applied, in words, {@code null} for never
 */
record FleetRow(Pbx pbx, String policy, PbxStatus status, long extensions, @Nullable String contact,
		@Nullable String applied) {

	/** When it last answered anything. */
	public @Nullable Instant contactAt() {
		return contactAt(this.pbx, this.status);
	}

	/** A look that found nothing new is a contact, too. */
	static @Nullable Instant contactAt(Pbx pbx, PbxStatus status) {
		var contact = pbx.lastContactAt();
		var seen = status.seenAt();
		return (contact == null || seen != null && seen.isAfter(contact)) ? seen : contact;
	}

	/** Part of message keys and of the filter's address: {@code in-sync}. */
	public String state() {
		return key(this.status.state());
	}

	static String key(PbxStatus.State state) {
		return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** The colour of its state. */
	public String tone() {
		return tone(this.status.state());
	}

	static String tone(PbxStatus.State state) {
		return switch (state) {
			case IN_SYNC -> "open";
			case PENDING, APPLYING -> "wait";
			case DRIFTED, IN_DOUBT, UNKNOWN -> "drift";
			case UNREACHABLE -> "stop";
			case NEVER_APPLIED -> "";
		};
	}

	/** The icon of its state. */
	public String icon() {
		return icon(this.status.state());
	}

	static String icon(PbxStatus.State state) {
		return switch (state) {
			case IN_SYNC -> "circle-check";
			case PENDING -> "circle-dot";
			case APPLYING -> "hourglass";
			case DRIFTED -> "git-compare";
			case IN_DOUBT, UNKNOWN -> "circle-alert";
			case UNREACHABLE -> "unplug";
			case NEVER_APPLIED -> "circle-dashed";
		};
	}

}
