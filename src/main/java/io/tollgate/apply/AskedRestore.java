package io.tollgate.apply;

import java.util.List;
import java.util.Locale;

import io.tollgate.approval.Approvable;
import io.tollgate.approval.Approval;
import io.tollgate.approval.Carried;
import io.tollgate.approval.Request;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** A way back that waits for a second person, because it lets somebody dial more. */
@Component
class AskedRestore implements Approvable {

	static final String KIND = "restore";

	private final ObjectProvider<Restores> restores;

	private final Asked asked;

	AskedRestore(ObjectProvider<Restores> restores, Asked asked) {
		this.restores = restores;
		this.asked = asked;
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public boolean isCurrent(Request request) {
		return Asked.content(request, Content.class)
			.filter((content) -> this.restores.getObject().isSeen(content.pbx(), content.seen()))
			.isPresent();
	}

	@Override
	public Carried carryOut(Request request, Approval approval, Locale locale) {
		var content = Asked.content(request, Content.class).orElse(null);
		if (content == null) {
			return new Carried.Outdated();
		}
		return this.asked.carried(this.restores.getObject().approved(request, content, approval), locale);
	}

	/**
	 * What was asked for.
	 *
	 * @param seen what the review said it is about
	 * @param dangers what the one who asked has said is meant all the same
	 */
	record Content(long pbx, long generation, String seen, List<String> dangers) {

		Content {
			dangers = List.copyOf(dangers);
		}

		String text() {
			return Asked.text(this);
		}

	}

}
