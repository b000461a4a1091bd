package io.tollgate.account;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.ConfigurableObjectInputStream;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/**
 * Reads what a session holds back from the database. Only classes of the portal, of
 * Spring and of Java are made, so that a row that somebody forged cannot run code. What
 * an earlier version wrote and this one cannot read counts as not there: whoever is
 * signed in with it signs in again.
 */
class StoredSessionValues implements GenericConverter {

	private static final Logger LOGGER = LoggerFactory.getLogger(StoredSessionValues.class);

	private static final ObjectInputFilter KNOWN = ObjectInputFilter.Config
		.createFilter("maxdepth=40;maxrefs=20000;maxarray=100000;io.tollgate.**;org.springframework.security.**;"
				+ "org.springframework.web.servlet.FlashMap;org.springframework.util.**;jakarta.servlet.http.Cookie;"
				+ "java.lang.*;java.util.**;java.time.**;java.net.URL;java.net.URI;!*");

	private final ClassLoader classes;

	StoredSessionValues(ClassLoader classes) {
		this.classes = classes;
	}

	@Override
	public Set<ConvertiblePair> getConvertibleTypes() {
		return Set.of(new ConvertiblePair(byte[].class, Object.class));
	}

	@Override
	public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
		if (!(source instanceof byte[] bytes)) {
			return null;
		}
		try (ObjectInputStream input = new ConfigurableObjectInputStream(new ByteArrayInputStream(bytes),
				this.classes)) {
			input.setObjectInputFilter(KNOWN);
			return input.readObject();
		}
		catch (IOException | ClassNotFoundException ex) {
			LOGGER.warn("A session holds something that cannot be read and goes on without it: {}", ex.toString());
			return null;
		}
	}

}
