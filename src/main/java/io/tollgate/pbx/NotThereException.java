package io.tollgate.pbx;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * For whoever asks there is no such thing: it may be somebody else's, and they are told
 * the same as of one that never was.
 */
@ResponseStatus(HttpStatus.NOT_FOUND)
public class NotThereException extends RuntimeException {

	public NotThereException() {
		super("not there for whoever asks");
	}

}
