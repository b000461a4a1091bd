package io.tollgate.extension;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Which extensions a person picked: ticked ones, or all that match the filter but some.
 *
 * @param all everything that matches
 * @param ext ticked on the page
 * @param more ticked on other pages
 * @param except unticked after all were picked
 */
record Selection(boolean all, Set<Long> ext, Set<Long> more, Set<Long> except) {

	Selection(boolean all, @Nullable Set<Long> ext, @Nullable Set<Long> more, @Nullable Set<Long> except) {
		this.all = all;
		this.ext = (ext != null) ? Set.copyOf(ext) : Set.of();
		this.more = (more != null) ? Set.copyOf(more) : Set.of();
		this.except = (except != null) ? Set.copyOf(except) : Set.of();
	}

	/** Those that were ticked one by one. */
	Set<Long> ids() {
		return Stream.concat(this.ext.stream(), this.more.stream()).collect(Collectors.toSet());
	}

	/** The same as one field of a form. */
	public String idList() {
		return this.all ? "" : list(ids());
	}

	public String exceptList() {
		return list(this.except);
	}

	private static String list(Set<Long> ids) {
		return ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
	}

}
