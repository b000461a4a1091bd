package io.tollgate.audit;

/**
 * The trail was verified and is not as it was written.
 *
 * @param row the first row that is not
 */
public record TrailBroken(long row) {

	static TrailBroken of(Verification found) {
		var bad = found.bad();
		var misfit = found.misfit();
		return new TrailBroken((bad != null) ? bad.row() : (misfit != null) ? misfit.row() : 0);
	}

}
