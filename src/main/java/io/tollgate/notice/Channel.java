package io.tollgate.notice;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told.
 *
 * @param address of the mailbox or the webhook
 * @param told what of
 * @param least nothing that matters less
 * @param groups only events of PBXs in these groups; empty for all
 * @param quiet {@code null} for never
 * @param zone that times are told in
 */
record Channel(long id, String name, ChannelKind kind, String address, Set<NoticeKind> told, Severity least,
		Set<String> groups, @Nullable QuietHours quiet, ZoneId zone, boolean enabled) {

	Channel {
		told = Set.copyOf(told);
		groups = Set.copyOf(groups);
	}

	/**
	 * Whether it is told of that.
	 * @param group of the PBX, empty for none
	 */
	boolean wants(NoticeKind what, String group) {
		return this.enabled && this.told.contains(what) && what.severity().compareTo(this.least) >= 0
				&& (this.groups.isEmpty() || this.groups.contains(group));
	}

	/** Whether it may be told of that now. */
	boolean hears(NoticeKind what, Instant now) {
		return what.severity() == Severity.SEVERE || this.quiet == null || !this.quiet.hold(now);
	}

	/** What it is told of in the end, what matters most first. */
	public List<NoticeKind> tells() {
		return this.told.stream().filter((kind) -> kind.severity().compareTo(this.least) >= 0).sorted().toList();
	}

	/** For the audit log. */
	String words() {
		return this.kind + " to " + this.address + "; "
				+ this.told.stream().sorted().map(NoticeKind::code).collect(Collectors.joining(", ")) + " from "
				+ this.least + "; " + (this.groups.isEmpty() ? "all PBXs" : String.join(", ", this.groups)) + "; quiet "
				+ ((this.quiet != null) ? this.quiet.words() : "never") + "; " + (this.enabled ? "on" : "off");
	}

}
