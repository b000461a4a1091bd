package io.tollgate.web;

import java.util.List;

import io.tollgate.account.Role;
import org.jspecify.annotations.Nullable;

/**
 * Pages that stand together in the sidebar.
 *
 * @param id part of the message key {@code frame.nav.group.} + id; empty for the first
 * group, which has no label
 * @param pages in the order shown
 */
public record NavigationGroup(String id, List<NavigationPage> pages) {

	/** The whole sidebar. Only what exists is listed. */
	static final List<NavigationGroup> ALL = List.of(
			new NavigationGroup("",
					List.of(new NavigationPage("overview", "/", "layout-dashboard", "o"),
							new NavigationPage("fleet", "/pbxs", "server", "p"))),
			new NavigationGroup("extension-and-trunk",
					List.of(new NavigationPage("extensions", "/extensions", "users", "e"),
							new NavigationPage("groups", "/groups", "group", null),
							new NavigationPage("trunks", "/trunks", "cable", null))),
			new NavigationGroup("call-control",
					List.of(new NavigationPage("routes", "/routes", "waypoints", "r"),
							new NavigationPage("pins", "/pin-lists", "key-round", null),
							new NavigationPage("announcements", "/announcements", "megaphone", null))),
			new NavigationGroup("security",
					List.of(new NavigationPage("security", "/security/country-codes", "shield", "c"))),
			new NavigationGroup("tools",
					List.of(new NavigationPage("tester", "/tester", "phone-outgoing", "t"),
							new NavigationPage("leaks", "/leaks", "droplets", "l"))),
			new NavigationGroup("apply",
					List.of(new NavigationPage("review", "/review", "git-compare", "a"),
							new NavigationPage("approvals", "/approvals", "circle-check", null),
							new NavigationPage("history", "/applies", "history", "h"))),
			new NavigationGroup("reports", List.of(new NavigationPage("audit", "/audit", "scroll-text", null))),
			new NavigationGroup("system",
					List.of(new NavigationPage("users", "/users", "user-cog", null, Role.ADMINISTRATOR),
							new NavigationPage("tokens", "/tokens", "braces", null, Role.OPERATOR),
							new NavigationPage("notifications", "/notifications", "bell", null, Role.ADMINISTRATOR),
							new NavigationPage("settings", "/settings", "settings", null))));

	/** The groups as far as whoever is signed in may open their pages. */
	static List<NavigationGroup> seen(@Nullable Role role) {
		return ALL.stream().map((group) -> group.of(role)).filter((group) -> !group.pages().isEmpty()).toList();
	}

	/** Without the pages that this role may not open. */
	NavigationGroup of(@Nullable Role role) {
		return new NavigationGroup(this.id, this.pages.stream().filter((page) -> page.isFor(role)).toList());
	}

	/** Whether the group has a heading. */
	public boolean isLabelled() {
		return !this.id.isEmpty();
	}

}
