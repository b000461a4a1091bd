package io.tollgate.account;

import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes passwords, a few at a time. Each hash takes 19 MiB and some ten milliseconds of
 * a core on purpose; a flood of sign-ins shall not take them from everybody else. A
 * password is hashed in Unicode's composed form: the same "é" comes from one keyboard as
 * one character and from another as two.
 */
class Passwords implements PasswordEncoder {

	/** Who waits longer than this is told to come again. */
	static final Duration PATIENCE = Duration.ofSeconds(3);

	/** Waiting for each one that is at work. */
	private static final int QUEUE = 8;

	private final PasswordEncoder encoder;

	private final Semaphore working;

	/** Those at work and those waiting. */
	private final Semaphore places;

	private final Duration patience;

	Passwords(PasswordEncoder encoder, int atATime, Duration patience) {
		this.encoder = encoder;
		this.working = new Semaphore(atATime, true);
		this.places = new Semaphore(atATime * (1 + QUEUE));
		this.patience = patience;
	}

	static String normal(CharSequence password) {
		return Normalizer.normalize(password, Normalizer.Form.NFC);
	}

	@Override
	public @Nullable String encode(@Nullable CharSequence password) {
		begin();
		try {
			return this.encoder.encode((password != null) ? normal(password) : null);
		}
		finally {
			end();
		}
	}

	@Override
	public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
		begin();
		try {
			return this.encoder.matches((password != null) ? normal(password) : null, hash);
		}
		finally {
			end();
		}
	}

	@Override
	public boolean upgradeEncoding(@Nullable String hash) {
		return this.encoder.upgradeEncoding(hash);
	}

	private void begin() {
		if (!this.places.tryAcquire()) {
			throw new TooBusyException();
		}
		try {
			if (this.working.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.places.release();
		throw new TooBusyException();
	}

	private void end() {
		this.working.release();
		this.places.release();
	}

}
