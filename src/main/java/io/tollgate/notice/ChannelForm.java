package io.tollgate.notice;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.tollgate.policy.TimeZones;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.validation.Errors;

/**
 * A channel as typed.
 *
 * @param told codes of the kinds that are ticked
 * @param groups PBX groups that are ticked; none for all PBXs
 * @param quietFrom {@code 22:00}, empty for no quiet hours
 */
record ChannelForm(
		@NotBlank(message = "{notice.name.needed}") @Size(max = 60, message = "{notice.name.long}") String name,
		String kind, @Size(max = 500, message = "{notice.address.long}") String address,
		@NotEmpty(message = "{notice.told.needed}") List<String> told, String least, List<String> groups,
		String quietFrom, String quietTo, String zone, String enabled) {

	static final ChannelForm NEW = new ChannelForm("", ChannelKind.EMAIL.name(), "",
			Arrays.stream(NoticeKind.values()).map(NoticeKind::code).toList(), Severity.NOTICE.name(), List.of(), "",
			"", "UTC", "true");

	private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])");

	private static final Pattern MAILBOX = Pattern
		.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");

	ChannelForm(@Nullable String name, @Nullable String kind, @Nullable String address, @Nullable List<String> told,
			@Nullable String least, @Nullable List<String> groups, @Nullable String quietFrom, @Nullable String quietTo,
			@Nullable String zone, @Nullable String enabled) {
		this.name = text(name);
		this.kind = text(kind);
		this.address = text(address);
		this.told = (told != null) ? told : List.of();
		this.least = text(least);
		this.groups = (groups != null) ? groups : List.of();
		this.quietFrom = text(quietFrom);
		this.quietTo = text(quietTo);
		this.zone = text(zone);
		this.enabled = text(enabled);
	}

	private static String text(@Nullable String typed) {
		return (typed != null) ? typed.strip() : "";
	}

	static ChannelForm of(Channel channel) {
		var quiet = channel.quiet();
		return new ChannelForm(channel.name(), channel.kind().name(), channel.address(),
				channel.told().stream().map(NoticeKind::code).toList(), channel.least().name(),
				List.copyOf(channel.groups()), (quiet != null) ? QuietHours.clock(quiet.from()) : "",
				(quiet != null) ? QuietHours.clock(quiet.to()) : "", channel.zone().getId(),
				String.valueOf(channel.enabled()));
	}

	/** What it is; e-mail for nonsense. */
	ChannelKind chosenKind() {
		return ChannelKind.WEBHOOK.name().equals(this.kind) ? ChannelKind.WEBHOOK : ChannelKind.EMAIL;
	}

	/**
	 * Refuses what nothing could be sent to.
	 * @param known the groups to choose from
	 */
	void check(ChannelKind as, Set<String> known, Errors errors) {
		if (!(as == ChannelKind.EMAIL ? MAILBOX.matcher(this.address).matches() : isWebAddress())) {
			errors.rejectValue("address", "notice.address.wrong." + as);
		}
		if (!this.told.isEmpty() && kinds().size() != Set.copyOf(this.told).size()) {
			errors.rejectValue("told", "notice.told.needed");
		}
		if (Arrays.stream(Severity.values()).noneMatch((one) -> one.name().equals(this.least))) {
			errors.rejectValue("least", "notice.least.wrong");
		}
		if (!known.containsAll(this.groups)) {
			errors.rejectValue("groups", "notice.groups.wrong");
		}
		boolean never = this.quietFrom.isEmpty() && this.quietTo.isEmpty();
		if (!never && !(TIME.matcher(this.quietFrom).matches() && TIME.matcher(this.quietTo).matches()
				&& !this.quietFrom.equals(this.quietTo))) {
			errors.rejectValue("quietFrom", "notice.quiet.wrong");
		}
		if (TimeZones.byArea().values().stream().noneMatch((names) -> names.contains(this.zone))) {
			errors.rejectValue("zone", "notice.zone.wrong");
		}
	}

	private boolean isWebAddress() {
		try {
			var uri = new URI(this.address);
			return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null
					&& uri.getUserInfo() == null && uri.getFragment() == null && uri.getPort() != 0
					&& uri.getPort() < 65536;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	private Set<NoticeKind> kinds() {
		return Arrays.stream(NoticeKind.values())
			.filter((one) -> this.told.contains(one.code()))
			.collect(Collectors.toSet());
	}

	/** Once it has been checked. */
	Channel wanted(long id, ChannelKind as) {
		var there = ZoneId.of(this.zone);
		return new Channel(id, this.name, as, this.address, kinds(), Severity.valueOf(this.least),
				Set.copyOf(this.groups),
				this.quietFrom.isEmpty() ? null : new QuietHours(minute(this.quietFrom), minute(this.quietTo), there),
				there, "true".equals(this.enabled));
	}

	private static int minute(String time) {
		return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
	}

}
