package io.tollgate.extension;

import java.util.List;
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

	/** Those of them that are on their PBX, in the order of the list. */
	List<ExtensionListing> of(List<ExtensionListing> listings, ExtensionFilter filter) {
		return listings.stream().filter(ExtensionListing::present).filter((each) -> {
			if (this.all) {
				return filter.matches(each) && !this.except.contains(each.id());
			}
			return this.ext.contains(each.id()) || this.more.contains(each.id());
		}).sorted(filter.order()).toList();
	}

	/** The picked ones as one field of a form. */
	public String ids() {
		return this.all ? ""
				: Stream.concat(this.ext.stream(), this.more.stream())
					.distinct()
					.sorted()
					.map(String::valueOf)
					.collect(Collectors.joining(","));
	}

	public String exceptIds() {
		return this.except.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
	}

}
