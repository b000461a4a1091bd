package io.tollgate.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Makes a simulated PBX misbehave, for tests. Actions are counted in the order in which
 * they arrive, over all lines, from the moment of arming; signing in and off does not
 * count.
 */
public final class Faults {

	private final List<Armed> armed = new ArrayList<>();

	private Duration delay = Duration.ZERO;

	private boolean deaf;

	private boolean forgetful;

	private long actions;

	/** Lets the {@code nth} action from now, 1 being the next one, go wrong. */
	public synchronized void at(long nth, Fault fault) {
		this.armed.add(new Armed("", nth, fault));
	}

	/** Lets the {@code nth} such action from now go wrong. */
	public synchronized void at(String action, long nth, Fault fault) {
		this.armed.add(new Armed(action.toLowerCase(Locale.ROOT), nth, fault));
	}

	/** Every answer is that late. */
	public synchronized void delay(Duration delay) {
		this.delay = delay;
	}

	/** Stops or goes on reading what clients send. */
	public synchronized void stopReading(boolean stop) {
		this.deaf = stop;
		notifyAll();
	}

	/** Acknowledges writes to the AstDB and does not do them. */
	public synchronized void forgetWrites(boolean forget) {
		this.forgetful = forget;
	}

	/** Behaves again, and counts actions from 0. */
	public synchronized void clear() {
		this.armed.clear();
		this.delay = Duration.ZERO;
		this.forgetful = false;
		this.actions = 0;
		stopReading(false);
	}

	/** How many actions have arrived since the start or the last {@link #clear()}. */
	public synchronized long actions() {
		return this.actions;
	}

	synchronized boolean forgetsWrites() {
		return this.forgetful;
	}

	synchronized Duration delay() {
		return this.delay;
	}

	synchronized void awaitReading() throws InterruptedException {
		while (this.deaf) {
			wait();
		}
	}

	/** Counts an action, and tells what shall go wrong with it. */
	synchronized @Nullable Fault next(String action) {
		this.actions++;
		Fault due = null;
		for (var each : List.copyOf(this.armed)) {
			if ((each.action.isEmpty() || each.action.equals(action)) && --each.left == 0) {
				this.armed.remove(each);
				due = each.fault;
			}
		}
		return due;
	}

	/** What can go wrong with one action. */
	public enum Fault {

		/** Answered with an error, nothing done. */
		REJECT,
		/** The line breaks before anything is done. */
		CLOSE_BEFORE,
		/** Done, but the line breaks instead of an answer. */
		CLOSE_AFTER,
		/** Done, but never answered; the line stays. */
		SILENCE,
		/** Not done, and answered with bytes that are not AMI. */
		GARBAGE,
		/** A configuration file is written by half, then the line breaks. */
		HALF_WRITE,
		/** The PBX dies before anything is done, and starts again. */
		CRASH

	}

	private static final class Armed {

		private final String action;

		private long left;

		private final Fault fault;

		Armed(String action, long left, Fault fault) {
			this.action = action;
			this.left = left;
			this.fault = fault;
		}

	}

}
