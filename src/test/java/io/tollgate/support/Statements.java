package io.tollgate.support;

import java.util.concurrent.atomic.AtomicLong;

import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Counts what Hibernate asks the database to answer requests, and not what others do. */
public final class Statements implements StatementInspector {

	private static final long serialVersionUID = 1L;

	private static final AtomicLong COUNT = new AtomicLong();

	/** How many there were since the last time. */
	public static long taken() {
		return COUNT.getAndSet(0);
	}

	@Override
	public String inspect(String sql) {
		if (Thread.currentThread().getName().startsWith("http-")) {
			COUNT.incrementAndGet();
		}
		return sql;
	}

}
