package io.tollgate.policyfile;

import java.util.List;

/** A file that cannot be taken over, with everything that is wrong with it. */
class FaultyFileException extends RuntimeException {

	private static final long serialVersionUID = 1;

	private final transient List<Fault> faults;

	FaultyFileException(List<Fault> faults) {
		super(faults.size() + " mistakes");
		this.faults = List.copyOf(faults);
	}

	List<Fault> faults() {
		return this.faults;
	}

}
