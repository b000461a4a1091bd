package io.tollgate.apply;

import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Has an apply be on disk before anybody is told that it was taken, and before a byte
 * goes to a PBX. PostgreSQL does that with the commit; H2 writes half a second later, and
 * a portal that is killed in between would forget the click.
 */
@Component
class ApplyCheckpoint {

	private final DataSource dataSource;

	private final boolean late;

	ApplyCheckpoint(DataSource dataSource) throws SQLException {
		this.dataSource = dataSource;
		try (var connection = dataSource.getConnection()) {
			this.late = connection.getMetaData().getDatabaseProductName().equals("H2");
		}
	}

	@TransactionalEventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	void on(ApplyStarted started) throws SQLException {
		if (this.late) {
			try (var connection = this.dataSource.getConnection(); var statement = connection.createStatement()) {
				statement.execute("checkpoint sync");
			}
		}
	}

}
