package io.tollgate.connector.asterisk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.tollgate.connector.Inspection;
import io.tollgate.connector.Inspection.Entry;
import io.tollgate.connector.Inspection.Kind;

/** Looks for ways past the guard on one Asterisk. */
final class Inspector {

	private final AmiClient client;

	private final Rights rights;

	private final List<Entry> entries = new ArrayList<>();

	Inspector(AmiClient client, Rights rights) {
		this.client = client;
		this.rights = rights;
	}

	Inspection inspect() {
		if (!this.rights.may("PJSIPShowEndpoints") || !this.rights.may("Getvar")) {
			unreadable("PJSIP_ENDPOINT");
			return new Inspection(this.entries);
		}
		var names = AsteriskSession.endpoints(this.client);
		redirections(names);
		return new Inspection(this.entries);
	}

	private void redirections(List<String> names) {
		options(names, AmiAction::redirectMethod).forEach((method, endpoints) -> {
			if (method.equals("uri_pjsip")) {
				this.entries.add(new Entry(Kind.REDIRECT, endpoints, "", List.of(), method));
			}
		});
	}

	/** The endpoints by what an option of theirs says. */
	private Map<String, List<String>> options(List<String> names, Function<String, AmiAction> question) {
		var replies = this.client.pipeline(names.stream().map(question).toList());
		var byValue = new LinkedHashMap<String, List<String>>();
		for (int i = 0; i < names.size(); i++) {
			var value = replies.get(i).succeeded() ? replies.get(i).response().get("Value") : "";
			byValue.computeIfAbsent(value, (key) -> new ArrayList<>()).add(names.get(i));
		}
		return byValue;
	}

	private void unreadable(String what) {
		this.entries.add(new Entry(Kind.UNREADABLE, List.of(), "", List.of(), what));
	}

}
