package io.tollgate.keys;

/** A key was needed while the portal is sealed. */
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
