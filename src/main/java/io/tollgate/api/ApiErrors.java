package io.tollgate.api;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * What endpoints of the API answer to a request that they cannot make anything of: a
 * problem as in RFC 9457, with all that is wrong.
 */
@RestControllerAdvice(annotations = RestController.class)
class ApiErrors extends ResponseEntityExceptionHandler {

	private static final String ERRORS = "errors";

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ex.getBody()
			.setProperty(ERRORS, ex.getFieldErrors()
				.stream()
				.map((error) -> Wrong.of(error.getField(), Objects.requireNonNullElse(error.getDefaultMessage(), "")))
				.sorted((one, other) -> one.path().compareTo(other.path()))
				.toList());
		return super.handleMethodArgumentNotValid(ex, headers, status, request);
	}

	/** A parameter is in no JSON, so it is told by its name. */
	@Override
	protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
			HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ex.getBody()
			.setDetail(ex.getParameterValidationResults()
				.stream()
				.flatMap((result) -> result.getResolvableErrors()
					.stream()
					.map((error) -> result.getMethodParameter().getParameterName() + " " + error.getDefaultMessage()))
				.collect(Collectors.joining(", ")));
		return super.handleHandlerMethodValidationException(ex, headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		var problem = ProblemDetail.forStatusAndDetail(status, "This is not the JSON that is asked for here.");
		if (ex.getCause() instanceof JacksonException cause) {
			problem.setProperty(ERRORS, List.of(wrong(cause)));
		}
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

	/** Jackson's own words name classes of ours. */
	private static Wrong wrong(JacksonException cause) {
		var path = Wrong.pointer(cause.getPath().stream().map(ApiErrors::part).toList());
		return new Wrong(path, switch (cause) {
			case UnrecognizedPropertyException _ -> "there is no such field";
			case StreamReadException _ -> "no JSON, or too much of it, or a field twice; line %d, column %d"
				.formatted(cause.getLocation().getLineNr(), cause.getLocation().getColumnNr());
			default -> "not of the type that is asked for here";
		});
	}

	private static String part(Reference reference) {
		var name = reference.getPropertyName();
		return (name != null) ? name : String.valueOf(reference.getIndex());
	}

}
