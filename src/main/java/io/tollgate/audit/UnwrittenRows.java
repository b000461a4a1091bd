package io.tollgate.audit;

import java.util.ArrayList;
import java.util.List;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The rows of one transaction. They are written when it ends, as the very last thing: the
 * head of the chain is one row that all transactions wait for, so it is held for as short
 * as can be and after every other lock, by which nobody waits in a circle.
 */
final class UnwrittenRows implements TransactionSynchronization {

	private final EntityChanges changes;

	private final AuditRows rows;

	private final List<AuditContent> contents = new ArrayList<>();

	private boolean written;

	private UnwrittenRows(EntityChanges changes, AuditRows rows) {
		this.changes = changes;
		this.rows = rows;
	}

	/** Those of the transaction under way. */
	static UnwrittenRows ofTransaction(EntityChanges changes, AuditRows rows) {
		for (var synchronization : TransactionSynchronizationManager.getSynchronizations()) {
			if (synchronization instanceof UnwrittenRows mine && mine.rows == rows) {
				return mine;
			}
		}
		var fresh = new UnwrittenRows(changes, rows);
		TransactionSynchronizationManager.registerSynchronization(fresh);
		return fresh;
	}

	void add(AuditContent content) {
		if (this.written) {
			// somebody else's last thing: the head is ours already
			this.rows.append(List.of(content));
			return;
		}
		this.contents.add(content);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/** A failure here rolls the change back. */
	@Override
	public void beforeCommit(boolean readOnly) {
		this.changes.write();
		this.rows.append(this.contents);
		this.written = true;
	}

}
