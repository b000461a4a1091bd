package io.tollgate.route;

import java.util.Objects;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.NullUnmarked;

/** A dial rule of a route. */
@Embeddable
@NullUnmarked
class RuleRow {

	private String prepend;

	private String prefix;

	@Column(name = "pattern")
	private String match;

	private String callerId;

	protected RuleRow() {
	}

	RuleRow(DialRule rule) {
		this.prepend = rule.prepend();
		this.prefix = rule.prefix();
		this.match = rule.match();
		this.callerId = rule.callerId();
	}

	DialRule toRule() {
		return new DialRule(this.prepend, this.prefix, this.match, this.callerId);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof RuleRow row && toRule().equals(row.toRule());
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.prepend, this.prefix, this.match, this.callerId);
	}

}
