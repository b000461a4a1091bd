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

import org.springframework.test.context.junit.jupiter.SpringExtension;

/** One Chromium for the whole run; every test starts without cookies. */
class BrowserExtension implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

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
		if (context.getExecutionException().isPresent()) {
			browser.keepEvidence(context.getRequiredTestClass().getSimpleName() + "-" + context.getDisplayName());
		}
		else {
			browser.assertQuiet();
		}
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
