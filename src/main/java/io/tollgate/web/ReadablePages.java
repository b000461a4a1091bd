package io.tollgate.web;

import java.util.Set;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Which addresses are pages, and not only where a form is sent to. */
@Component
class ReadablePages {

	private final ObjectProvider<RequestMappingHandlerMapping> mappings;

	ReadablePages(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings) {
		this.mappings = mappings;
	}

	/**
	 * The nearest page above an address that only takes forms: a form that was refused
	 * leaves its address in the browser, which is read when it is loaded again, opened
	 * from the history, or shown in another language.
	 */
	String above(HttpServletRequest request) {
		var path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
			.substring(request.getContextPath().length());
		int end = path.lastIndexOf('/');
		while (end > 0 && !isPage(path.substring(0, end))) {
			end = path.lastIndexOf('/', end - 1);
		}
		return (end > 0) ? path.substring(0, end) : "/";
	}

	private boolean isPage(String path) {
		var parsed = PathContainer.parsePath(path);
		return this.mappings.getObject()
			.getHandlerMethods()
			.keySet()
			.stream()
			.anyMatch((mapping) -> isRead(mapping.getMethodsCondition().getMethods()) && fits(mapping, parsed));
	}

	private static boolean isRead(Set<RequestMethod> methods) {
		return methods.contains(RequestMethod.GET);
	}

	private static boolean fits(RequestMappingInfo mapping, PathContainer path) {
		var patterns = mapping.getPathPatternsCondition();
		return patterns != null && patterns.getPatterns().stream().anyMatch((pattern) -> pattern.matches(path));
	}

}
