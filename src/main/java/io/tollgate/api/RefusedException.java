package io.tollgate.api;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * It was understood and may not be done, so nothing was: 422, with what is wrong. Thrown
 * inside a transaction it takes back what was done before.
 */
public class RefusedException extends ErrorResponseException {

	private static final long serialVersionUID = 1;

	/**
	 * With what is wrong.
	 * @param errors at least one
	 */
	public RefusedException(List<Wrong> errors) {
		super(HttpStatus.UNPROCESSABLE_CONTENT, problem(errors), null);
	}

	public RefusedException(String path, String message) {
		this(List.of(new Wrong(path, message)));
	}

	private static ProblemDetail problem(List<Wrong> errors) {
		var problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, errors.getFirst().message());
		problem.setProperty("errors", errors);
		return problem;
	}

}
