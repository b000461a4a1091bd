package io.tollgate.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What forbids a number, as labels of automata: from 1 on. */
final class Subjects {

	private final List<Subject> subjects = new ArrayList<>();

	private final Map<Subject, Integer> labels = new HashMap<>();

	int label(Leak.Kind kind, String name) {
		return this.labels.computeIfAbsent(new Subject(kind, name), (subject) -> {
			this.subjects.add(subject);
			return this.subjects.size();
		});
	}

	Subject of(int label) {
		return this.subjects.get(label - 1);
	}

	/**
	 * One of them.
	 *
	 * @param name a calling code, an entry of the restrictions, a route that blocks
	 */
	record Subject(Leak.Kind kind, String name) {
	}

}
