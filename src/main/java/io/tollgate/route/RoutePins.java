package io.tollgate.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tollgate.pin.PinList;
import io.tollgate.pin.PinLists;
import org.springframework.stereotype.Component;

/** What routes ask for before they let a call out: a PIN of a list, or a password. */
@Component
class RoutePins {

	private final PinLists lists;

	RoutePins(PinLists lists) {
		this.lists = lists;
	}

	/**
	 * What there is to say about what a route asks for.
	 * @param present what the route asks for now, empty for nothing
	 * @param password digits that become its password, empty for the present ones
	 */
	List<RouteProblem> problems(OutboundRoute route, String present, String password) {
		if (route.pins().isEmpty()) {
			return List.of();
		}
		var problems = new ArrayList<>(problems(route, present, this.lists.seen()));
		if (route.pins().equals(OutboundRoute.PASSWORD)) {
			password(present, password, problems);
		}
		return problems;
	}

	/**
	 * The same, but for what may be wrong with a password.
	 * @param lists those there are, by key
	 */
	static List<RouteProblem> problems(OutboundRoute route, String present, Map<String, PinList> lists) {
		if (route.pins().isEmpty()) {
			return List.of();
		}
		var problems = new ArrayList<RouteProblem>();
		if (route.emergency()) {
			problems.add(RouteProblem.refusal(0, "emergency-pins", ""));
		}
		if (route.blocks()) {
			problems.add(RouteProblem.refusal(0, "block-pins", ""));
		}
		if (route.pins().equals(OutboundRoute.PASSWORD)) {
			return problems;
		}
		// the password of another route is none that this one could ask for
		var list = lists.get(route.pins());
		if (list == null || list.name().isEmpty() && !route.pins().equals(present)) {
			problems.add(RouteProblem.refusal(0, "no-such-pins", ""));
		}
		else if (list.labels().isEmpty()) {
			problems.add(RouteProblem.warning(0, "no-pins", list.name()));
		}
		return problems;
	}

	private void password(String present, String password, List<RouteProblem> problems) {
		if (password.isEmpty() ? !isPassword(present) : !PinLists.isPassword(password)) {
			problems.add(RouteProblem.refusal(0, "password", ""));
		}
		else if (PinLists.isWeak(password)) {
			problems.add(RouteProblem.warning(0, "password-weak", ""));
		}
	}

	/** Whether that is the password of a route. */
	boolean isPassword(String key) {
		if (key.isEmpty()) {
			return false;
		}
		var list = this.lists.all().get(key);
		return list != null && list.name().isEmpty();
	}

	/** Whether those digits are another password than the present one. */
	boolean isNew(OutboundRoute route, String present, String password) {
		return route.pins().equals(OutboundRoute.PASSWORD) && !password.isEmpty()
				&& !(isPassword(present) && this.lists.opens(present, password));
	}

	/** The route with the key of its password, which is made or changed where needed. */
	OutboundRoute withPassword(OutboundRoute route, String present, String password) {
		if (!route.pins().equals(OutboundRoute.PASSWORD)) {
			return route;
		}
		var own = isPassword(present) ? present : "";
		return route.withPins(isNew(route, present, password) ? this.lists.password(own, password) : own);
	}

	/** After routes changed: the passwords of those that have none any more. */
	void forget() {
		this.lists.forgetPasswords();
	}

	/** For the audit log: what a route asks for. */
	String words(String key) {
		var list = this.lists.all().get(key);
		if (list == null) {
			return "asks for a PIN list that is gone";
		}
		return list.name().isEmpty() ? "asks for a password" : "asks for PIN list " + list.name();
	}

}
