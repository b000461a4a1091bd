package io.tollgate.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** A language that every text of the portal is written in. */
enum Language {

	EN, ES;

	/** As in addresses, cookies and the database: {@code es}. */
	String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	Locale locale() {
		return Locale.of(code());
	}

	static Optional<Language> of(@Nullable String code) {
		return Arrays.stream(values()).filter((language) -> language.code().equals(code)).findFirst();
	}

	static Optional<Language> of(Locale locale) {
		return of(locale.getLanguage());
	}

}
