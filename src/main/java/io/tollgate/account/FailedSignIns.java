package io.tollgate.account;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import io.tollgate.audit.Origin;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes refused sign-ins to the trail: one row for each account and address and half a
 * minute, with their number, however many there are. Not while the answer is awaited,
 * which would tell accounts that exist from others. What was typed in place of a username
 * that does not exist may be a password, and is written nowhere.
 */
@Component
class FailedSignIns {

	/** The actor: whoever it was did not get in. */
	static final String ACTOR = "not signed in";

	private final AuditTrail audit;

	private final StoredAccounts accounts;

	private final TransactionTemplate transaction;

	private final Tally<Attempt> refused = new Tally<>(new Attempt("", null));

	FailedSignIns(AuditTrail audit, StoredAccounts accounts, TransactionTemplate transaction) {
		this.audit = audit;
		this.accounts = accounts;
		this.transaction = transaction;
	}

	private record Attempt(String username, @Nullable String address) {
	}

	@EventListener
	void refused(AbstractAuthenticationFailureEvent event) {
		if (event.getException() instanceof BadCredentialsException
				|| event.getException() instanceof DisabledException) {
			var address = (event.getAuthentication().getDetails() instanceof WebAuthenticationDetails details)
					? details.getRemoteAddress() : null;
			this.refused.count(new Attempt(Accounts.canonical(event.getAuthentication().getName()), address));
		}
	}

	@Scheduled(fixedDelayString = "${tollgate.sign-in.write-refused-every:30s}")
	@PreDestroy
	void write() {
		this.refused
			.write((counts) -> this.transaction.executeWithoutResult((status) -> rows(counts).forEach(this::record)));
	}

	private record Row(AuditObject object, @Nullable String address, int count) {
	}

	/** Those whose username does not exist come together, by address. */
	private List<Row> rows(Map<Attempt, Integer> counts) {
		var rows = new ArrayList<Row>();
		var unknown = new LinkedHashMap<@Nullable String, Integer>();
		counts.forEach((attempt, count) -> this.accounts.findByUsername(attempt.username())
			.ifPresentOrElse((account) -> rows
				.add(new Row(AuditObject.of("account", account.id(), account.username()), attempt.address(), count)),
					() -> unknown.merge(attempt.address(), count, Integer::sum)));
		unknown.forEach((address, count) -> rows.add(new Row(AuditObject.of("account", null, null), address, count)));
		return rows;
	}

	private void record(Row row) {
		this.audit.recordFor(new Origin(ACTOR, row.address(), null), "account.sign-in-refused", row.object(), null,
				String.valueOf(row.count()));
	}

}
