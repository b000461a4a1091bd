package io.tollgate.web;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.tollgate.account.SignedIn;
import io.tollgate.apply.StopState;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.util.WebUtils;

/**
 * What every page shows around its content, as {@code frame} in the templates. Nothing is
 * worked out before a template asks.
 */
public final class Frame {

	private static final String THEME_COOKIE = "tollgate-theme";

	/** Paths outside the navigation that belong to one of its pages. */
	private static final String SECURITY = "/security";

	private final HttpServletRequest request;

	private final Supplier<PendingSummary> pendingSource;

	private final Supplier<LeakSummary> leakSource;

	private final Supplier<Optional<StopState.Stop>> stopSource;

	private final String version;

	private final Duration sessionTimeout;

	private @Nullable PendingSummary pending;

	private @Nullable LeakSummary leaks;

	private @Nullable Optional<StopState.Stop> stop;

	Frame(HttpServletRequest request, Supplier<PendingSummary> pendingSource, Supplier<LeakSummary> leakSource,
			Supplier<Optional<StopState.Stop>> stopSource, String version, Duration sessionTimeout) {
		this.request = request;
		this.pendingSource = pendingSource;
		this.leakSource = leakSource;
		this.stopSource = stopSource;
		this.version = version;
		this.sessionTimeout = sessionTimeout;
	}

	/** What is not applied yet; asked for once per request. */
	public PendingSummary pending() {
		if (this.pending == null) {
			this.pending = this.pendingSource.get();
		}
		return this.pending;
	}

	/** What the leak checks came to; asked for once per request. */
	public LeakSummary leaks() {
		if (this.leaks == null) {
			this.leaks = this.leakSource.get();
		}
		return this.leaks;
	}

	/** The fleet stop that is on, {@code null} for none; asked for once per request. */
	public StopState.@Nullable Stop stop() {
		if (this.stop == null) {
			this.stop = this.stopSource.get();
		}
		return this.stop.orElse(null);
	}

	/** The pages about applying say themselves what is unapplied. */
	public boolean showsApplyStrip() {
		return !path().startsWith("/review") && !path().startsWith("/applies");
	}

	/** The theme chosen in this browser, {@code null} until the first choice. */
	public @Nullable String theme() {
		var cookie = WebUtils.getCookie(this.request, THEME_COOKIE);
		if (cookie == null) {
			return null;
		}
		return switch (cookie.getValue()) {
			case "dark" -> "dark";
			case "light" -> "light";
			default -> null;
		};
	}

	/** The sidebar's groups, in order, as far as whoever is signed in may open them. */
	public List<NavigationGroup> navigation() {
		var me = me();
		return NavigationGroup.seen((me != null) ? me.getRole() : null);
	}

	/** Whether the request under way is for this page or one below it. */
	public boolean isCurrent(NavigationPage page) {
		if (page.path().startsWith(SECURITY)) {
			return path().startsWith(SECURITY) || path().startsWith("/policies");
		}
		return page.holds(path());
	}

	/** Who is signed in, {@code null} for nobody. */
	public @Nullable SignedIn me() {
		var authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof SignedIn me) ? me : null;
	}

	/** The time zone that pages show times in: that of the machine, as in its logs. */
	public ZoneId zone() {
		return ZoneId.systemDefault();
	}

	/** The version of the portal. */
	public String version() {
		return this.version;
	}

	/** How long a session lives without a request, in minutes. */
	public long idleMinutes() {
		return this.sessionTimeout.toMinutes();
	}

	private String path() {
		return this.request.getRequestURI().substring(this.request.getContextPath().length());
	}

}
