package io.tollgate.extension;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The bulk edit page.
 *
 * @param count extensions picked
 * @param only the number of the only one, {@code null} when there are several
 * @param now what each field has now, in words
 * @param shown the first few
 * @param rest the others, counted by PBX in words; empty without others
 * @param effects what the form would do
 * @param facts what the policies concerned allow
 */
record BulkPage(int count, @Nullable String only, Now now, List<ExtensionPage.Row> shown, String rest,
		List<Effect> effects, List<Fact> facts, String hours) {

	record Now(String international, String outbound, String hours, String duration) {
	}

	record Effect(String tone, String icon, String title, String body) {
	}

	record Fact(String name, String value) {
	}

}
