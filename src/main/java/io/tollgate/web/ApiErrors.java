package io.tollgate.web;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * What endpoints of the API answer to a request that they cannot make anything of: a
 * problem as in RFC 9457, with the fields that are wrong.
 */
@RestControllerAdvice(annotations = RestController.class)
class ApiErrors extends ResponseEntityExceptionHandler {

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ex.getBody().setProperty("errors", ex.getFieldErrors().stream().map(Wrong::of).toList());
		return super.handleMethodArgumentNotValid(ex, headers, status, request);
	}

	/**
	 * One wrong field.
	 *
	 * @param field its path
	 * @param detail what is wrong with it
	 */
	record Wrong(String field, String detail) {

		static Wrong of(FieldError error) {
			return new Wrong(error.getField(), Objects.requireNonNullElse(error.getDefaultMessage(), ""));
		}

	}

}
