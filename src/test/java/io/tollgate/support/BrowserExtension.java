package io.tollgate.support;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.openqa.selenium.WebDriverException;

import org.springframework.test.context.junit.jupiter.SpringExtension;

/** One Chromium for the whole run; every test starts without cookies. */
class BrowserExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback,
		TestExecutionExceptionHandler, ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(BrowserExtension.class);

	private static final Path CHROMIUM = Path
		.of(System.getenv().getOrDefault("TOLLGATE_CHROMIUM", "/usr/bin/chromium"));

	private static final Path DRIVER = Path
		.of(System.getenv().getOrDefault("TOLLGATE_CHROMEDRIVER", "/usr/bin/chromedriver"));

	@Override
	public void beforeAll(ExtensionContext context) {
		for (var needed : new Path[] { CHROMIUM, DRIVER }) {
			var present = Files.isExecutable(needed);
			if (!present && Boolean.parseBoolean(System.getenv("TOLLGATE_REQUIRE_REAL"))) {
				throw new IllegalStateException(
						needed + " is missing and TOLLGATE_REQUIRE_REAL is set: apt-get install chromium-driver");
			}
			Assumptions.assumeTrue(present,
					() -> needed + " is missing: apt-get install chromium-driver to run the browser tests");
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		browser(context).reset(port(context));
	}

	@Override
	public void afterEach(ExtensionContext context) {
		var browser = browser(context);
		var failure = context.getExecutionException();
		if (failure.isPresent()) {
			browser.keepEvidence(name(context), failure.get());
			return;
		}
		try {
			browser.assertQuiet();
		}
		catch (AssertionError ex) {
			browser.keepEvidence(name(context), ex);
			throw ex;
		}
	}

	/** A test with arguments is called by them. */
	private static String name(ExtensionContext context) {
		var method = context.getRequiredTestMethod().getName();
		var name = context.getDisplayName();
		return context.getRequiredTestClass().getSimpleName() + "-" + method
				+ (name.startsWith(method) ? "" : "-" + name);
	}

	/** As an assertion, of which Maven's summary prints the whole message. */
	@Override
	public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
		if (failure instanceof WebDriverException ex) {
			var told = new AssertionError(Browser.told(ex), ex);
			told.setStackTrace(ex.getStackTrace());
			throw told;
		}
		throw failure;
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Browser.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return browser(context);
	}

	private static Browser browser(ExtensionContext context) {
		return context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(Browser.class, (key) -> Browser.start(CHROMIUM, DRIVER), Browser.class);
	}

	private static int port(ExtensionContext context) {
		return SpringExtension.getApplicationContext(context)
			.getEnvironment()
			.getRequiredProperty("local.server.port", Integer.class);
	}

}
