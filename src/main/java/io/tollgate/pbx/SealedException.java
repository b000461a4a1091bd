package io.tollgate.pbx;

/** A secret was asked for while the portal is sealed. */
public class SealedException extends RuntimeException {

	private final Seal seal;

	SealedException(Seal seal) {
		super("sealed: " + seal);
		this.seal = seal;
	}

	public Seal seal() {
		return this.seal;
	}

}
