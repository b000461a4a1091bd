package io.tollgate.apply;

import java.util.Locale;

/**
 * What somebody typed to say that an apply is meant although it opens a leak or hides an
 * emergency number.
 *
 * @param typed as it was typed, may be empty
 * @param locale the language in which the page asked for it
 */
public record Confirmation(String typed, Locale locale) {

	/** Nothing was asked. */
	public static final Confirmation NONE = new Confirmation("", Locale.ENGLISH);

}
