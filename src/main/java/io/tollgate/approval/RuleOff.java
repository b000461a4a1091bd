package io.tollgate.approval;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Who turns the rule off lets everybody loosen alone: that waits for a second person. */
@Component
class RuleOff implements Approvable {

	static final String KIND = "rule-off";

	private final Approvals approvals;

	private final TransactionTemplate transaction;

	RuleOff(Approvals approvals, TransactionTemplate transaction) {
		this.approvals = approvals;
		this.transaction = transaction;
	}

	static Wish wish(String reason) {
		return new Wish(KIND, reason, "Two-person rule", List.of("Turn the two-person rule off"), "", true, Set.of());
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public boolean isCurrent(Request request) {
		return this.approvals.required();
	}

	@Override
	public Carried carryOut(Request request, Approval approval, Locale locale) {
		if (!isCurrent(request)) {
			return new Carried.Outdated();
		}
		this.transaction.executeWithoutResult((status) -> {
			this.approvals.require(false);
			this.approvals.settle(request, approval, ApprovalController.PATH);
		});
		return new Carried.Out(ApprovalController.PATH);
	}

}
