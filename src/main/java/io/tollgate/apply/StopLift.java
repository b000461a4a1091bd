package io.tollgate.apply;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import io.tollgate.approval.Approvable;
import io.tollgate.approval.Approval;
import io.tollgate.approval.Approvals;
import io.tollgate.approval.Carried;
import io.tollgate.approval.Request;
import io.tollgate.approval.Wish;
import io.tollgate.pbx.VisiblePbxs;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Lifts the fleet stop: at once, or when a second person has agreed. */
@Component
class StopLift implements Approvable {

	private static final String KIND = "lift";

	private final FleetStop stop;

	private final StopState state;

	private final StopPages pages;

	private final Approvals approvals;

	private final VisiblePbxs visible;

	private final TransactionTemplate transaction;

	StopLift(FleetStop stop, StopState state, StopPages pages, Approvals approvals, VisiblePbxs visible,
			TransactionTemplate transaction) {
		this.stop = stop;
		this.state = state;
		this.pages = pages;
		this.approvals = approvals;
		this.visible = visible;
		this.transaction = transaction;
	}

	/** Whether a press of the button only asks for it. */
	boolean waits() {
		return this.approvals.required() && this.state.isOn();
	}

	/**
	 * Asks a second person.
	 * @param reason 1-500 characters
	 * @return what waits; empty when no stop is on any more
	 */
	Optional<Long> ask(String reason) {
		this.visible.requireUnlimited();
		var on = this.state.current();
		var opens = this.pages.show(Locale.ENGLISH).opens();
		return on.map((stop) -> this.approvals
			.ask(new Wish(KIND, reason, "Fleet stop", List.of(opens), stop.runId().toString(), true, Set.of())));
	}

	@Override
	public String kind() {
		return KIND;
	}

	/** A later stop is another one. */
	@Override
	public boolean isCurrent(Request request) {
		return this.state.current().filter((stop) -> stop.runId().toString().equals(request.content())).isPresent();
	}

	@Override
	public Carried carryOut(Request request, Approval approval, Locale locale) {
		return Objects.requireNonNull(this.transaction.execute((status) -> {
			if (!isCurrent(request)) {
				return new Carried.Outdated();
			}
			var lifted = this.stop.lift(new Mandate(request.askedBy(), request.reason(), approval.by()));
			var path = lifted.run().map((run) -> "/applies/" + run).orElse("/stop");
			this.approvals.settle(request, approval, path);
			return new Carried.Out(path);
		}));
	}

}
