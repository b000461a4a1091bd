package io.tollgate.support;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;

import com.deque.html.axecore.selenium.AxeBuilder;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Chromium, driven the way a person would: by what is written on the page.
 * Whatever the console complains about fails the test at its end, unless
 * {@link #expectErrors()} was called.
 */
public final class Browser implements AutoCloseable {

	/** Width of a desk. */
	public static final int DESK = 1440;

	/** Width of a phone. */
	public static final int PHONE = 390;

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	/** Long, as a busy machine takes its time; nobody waits longer than it takes. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(50);

	/**
	 * What the driver says, without an exception class of its own, about an element or a
	 * page that was replaced while it looked.
	 */
	private static final List<String> IN_MOTION = List.of("does not belong to the document", "no node with given id",
			"could not find node", "aborted by navigation", "document unloaded", "execution context",
			"cannot determine loading status");

	/**
	 * {@code -Dtollgate.browser.latency=400} makes each answer that late, in
	 * milliseconds: what only works when answers come at once fails every time.
	 */
	private static final int LATENCY = Integer.getInteger("tollgate.browser.latency", 0);

	private static final String AXE = axe();

	private final ChromeDriver driver;

	private final List<String> errors = new ArrayList<>();

	private String origin = "";

	private boolean errorsExpected;

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	static Browser start(Path chromium, Path chromeDriver) {
		var options = new ChromeOptions();
		options.setBinary(chromium.toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
				"--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
				"--disable-dev-shm-usage", "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
				"--disable-backgrounding-occluded-windows", "--force-prefers-reduced-motion", "--lang=en-GB",
				"--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost");
		options.setExperimentalOption("prefs",
				Map.of("intl.accept_languages", "en-GB,en", "credentials_enable_service", false));
		var logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.SEVERE);
		options.setCapability("goog:loggingPrefs", logs);
		var service = new ChromeDriverService.Builder().usingDriverExecutable(chromeDriver.toFile())
			.usingAnyFreePort()
			.withTimeout(PATIENCE.multipliedBy(2))
			.build();
		var driver = new ChromeDriver(service, options);
		driver.manage().timeouts().scriptTimeout(PATIENCE.multipliedBy(4));
		if (LATENCY > 0) {
			driver.executeCdpCommand("Network.enable", Map.of());
			driver.executeCdpCommand("Network.emulateNetworkConditions",
					Map.of("offline", false, "latency", LATENCY, "downloadThroughput", -1, "uploadThroughput", -1));
		}
		return new Browser(driver);
	}

	/**
	 * Leaves the page first, so that it asks for nothing while what it knew is forgotten.
	 */
	void reset(int port) {
		this.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
		this.driver.executeScript("try { sessionStorage.clear(); localStorage.clear(); } catch (e) { /* no page */ }");
		this.driver.get("about:blank");
		this.driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
		this.origin = "http://localhost:" + port;
		this.errorsExpected = false;
		width(DESK);
		this.driver.manage().logs().get(LogType.BROWSER);
		this.errors.clear();
	}

	/** The pages' scripts do not run; to the end of the test. */
	public Browser withoutScripts() {
		this.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
		return this;
	}

	/** Forgets who is signed in. */
	public Browser forget() {
		this.driver.manage().deleteAllCookies();
		return this;
	}

	/** What a cookie holds, empty without it. */
	public String cookie(String name) {
		var cookie = this.driver.manage().getCookieNamed(name);
		return (cookie != null) ? cookie.getValue() : "";
	}

	/** The driver, for what has no helper here. */
	public ChromeDriver driver() {
		return this.driver;
	}

	/** Opens a path of the portal. */
	public Browser open(String path) {
		this.driver.get(this.origin + path);
		return this;
	}

	/** Signs in; ends on the audit log, which every role may read. */
	public Browser signIn(String username, String password) {
		open("/audit");
		type("Username", username);
		type("Password", password);
		press("Sign in");
		until("signed in", (browser) -> !browser.path().startsWith("/sign-in"));
		return this;
	}

	/** The path and query where the browser is. */
	public String path() {
		return this.driver.getCurrentUrl().substring(this.origin.length());
	}

	/** The first element for a CSS selector that is on screen; waits for it. */
	public WebElement find(String css) {
		return waitFor(css, () -> settled() ? visible(css) : null);
	}

	/**
	 * Clicks the first element for a CSS selector that is on screen, below what sticks to
	 * the top and above what sticks to the bottom.
	 */
	public Browser click(String css) {
		return act(css + " to click", () -> visible(css), WebElement::click);
	}

	/** All elements for a CSS selector, at once. */
	public List<WebElement> all(String css) {
		return this.driver.findElements(By.cssSelector(css));
	}

	/** The text of the whole page as shown. */
	public String text() {
		return waitFor("the page's text", this::textNow);
	}

	private String textNow() {
		return this.driver.findElement(By.tagName("body")).getText();
	}

	/** Waits until the page shows this text. */
	public Browser sees(String text) {
		return until("the page shows \"" + text + "\"", (browser) -> browser.textNow().contains(text));
	}

	/** The field that a label, visible or hidden, names; waits for it. */
	public WebElement field(String label) {
		return waitFor("a field labelled \"" + label + "\"", () -> settled() ? labelled(label) : null);
	}

	/** What stands in a field. */
	public String value(String label) {
		return waitFor("what stands in \"" + label + "\"", () -> {
			var field = settled() ? labelled(label) : null;
			return (field != null) ? field.getDomProperty("value") : null;
		});
	}

	private WebElement labelled(String label) {
		return (WebElement) this.driver.executeScript("""
				const name = arguments[0];
				const own = Array.from(document.querySelectorAll('[aria-label]')).filter(
				    e => e.getAttribute('aria-label') === name && /^(INPUT|SELECT|TEXTAREA)$/.test(e.tagName));
				const labelled = Array.from(document.querySelectorAll('label')).filter(
				    l => l.textContent.trim() === name || l.textContent.trim().startsWith(name)).map(l => l.control);
				return labelled.concat(own).filter(e => e && e.getClientRects().length)[0] || null;
				""", label);
	}

	/** Replaces what stands in a field. */
	public Browser type(String label, String text) {
		return act("a field labelled \"" + label + "\" to type into", () -> labelled(label), (field) -> {
			field.clear();
			field.sendKeys(text);
		});
	}

	/** Ticks a box, or takes its tick away. */
	public Browser tick(String label) {
		return act("a box labelled \"" + label + "\"", () -> labelled(label), WebElement::click);
	}

	/** Chooses the option with this text. */
	public Browser choose(String label, String option) {
		return act("a list labelled \"" + label + "\"", () -> labelled(label),
				(field) -> new Select(field).selectByVisibleText(option));
	}

	/** Clicks the button or link with this text or accessible name. */
	public Browser press(String name) {
		return act("a button or link \"" + name + "\"", () -> named(name), WebElement::click);
	}

	private WebElement named(String name) {
		return (WebElement) this.driver.executeScript(
				"""
						const name = arguments[0];
						return Array.from(document.querySelectorAll('button, a, summary, [role=tab], [role=option]')).filter(e =>
						    e.getClientRects().length && !e.disabled
						    && (e.innerText.trim() === name || e.getAttribute('aria-label') === name))[0] || null;
						""",
				name);
	}

	/** Presses keys where the focus is. */
	public Browser keys(CharSequence... keys) {
		until("a page at rest", (browser) -> true);
		new Actions(this.driver).sendKeys(keys).perform();
		return this;
	}

	/** Holds Control while a key is pressed. */
	public Browser control(String key) {
		until("a page at rest", (browser) -> true);
		new Actions(this.driver).keyDown(Keys.CONTROL).sendKeys(key).keyUp(Keys.CONTROL).perform();
		return this;
	}

	/** Waits until an element for this CSS selector has the focus. */
	public Browser focuses(String css) {
		return until("the focus on " + css, (browser) -> Boolean.TRUE
			.equals(this.driver.executeScript("return document.activeElement.matches(arguments[0])", css)));
	}

	/**
	 * Waits, at most {@link #PATIENCE}, for a page at rest that meets the condition. What
	 * a person waits for without noticing is part of it: that the page is loaded, and
	 * that what htmx asked for has come and stands where it belongs. So a condition about
	 * the database also waits for the answer that says so, and what comes next does not
	 * meet elements that are about to be replaced.
	 */
	public Browser until(String what, Predicate<Browser> condition) {
		waitFor(what, () -> (settled() && condition.test(this)) ? this : null);
		return this;
	}

	private boolean settled() {
		return Boolean.TRUE.equals(this.driver.executeScript("""
				return document.readyState === 'complete' &&
				    !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added');
				"""));
	}

	/**
	 * Looks for an element and does something with it. When it turns out to be replaced,
	 * covered or not yet there, nothing was done: the search begins anew.
	 */
	private Browser act(String what, Supplier<WebElement> search, Consumer<WebElement> action) {
		return waitFor(what, () -> {
			var element = settled() ? search.get() : null;
			if (element == null) {
				return null;
			}
			this.driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
			action.accept(element);
			return this;
		});
	}

	private WebElement visible(String css) {
		return this.driver.findElements(By.cssSelector(css))
			.stream()
			.filter(WebElement::isDisplayed)
			.findFirst()
			.orElse(null);
	}

	/** Tries until there is something; says what was on the page if there never was. */
	private <T> T waitFor(String what, Supplier<T> attempt) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		WebDriverException last = null;
		do {
			try {
				var found = attempt.get();
				if (found != null) {
					return found;
				}
				last = null;
			}
			catch (WebDriverException ex) {
				if (!isInMotion(ex)) {
					throw ex;
				}
				last = ex;
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
		while (System.nanoTime() < end);
		throw new AssertionError("Waited %d seconds for %s on %s%s. The page: %s".formatted(PATIENCE.toSeconds(), what,
				this.driver.getCurrentUrl(), (last != null) ? ", " + told(last) : "", outline()), last);
	}

	/** Class and first line; the rest says how to reach Selenium's support. */
	static String told(WebDriverException ex) {
		return ex.getClass().getSimpleName() + ": " + String.valueOf(ex.getMessage()).lines().findFirst().orElse("");
	}

	private String outline() {
		var text = String.valueOf(this.driver.executeScript("return document.body?.innerText")).replaceAll("\\s+", " ");
		return (text.length() > 1000) ? text.substring(0, 1000) + "…" : text;
	}

	private static boolean isInMotion(WebDriverException ex) {
		var message = String.valueOf(ex.getMessage()).toLowerCase(Locale.ROOT);
		return ex instanceof StaleElementReferenceException || ex instanceof ElementNotInteractableException
				|| ex instanceof NoSuchElementException || IN_MOTION.stream().anyMatch(message::contains);
	}

	/**
	 * The width of the window, in CSS pixels; phones are emulated, as real windows stop
	 * at 500.
	 */
	public Browser width(int pixels) {
		this.driver.manage().window().setSize(new Dimension(Math.max(pixels, 600), 1000));
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", pixels < 600));
		return this;
	}

	/** Shows the page, and those after it, in the theme {@code light} or {@code dark}. */
	public Browser theme(String theme) {
		this.driver.manage().addCookie(new Cookie.Builder("tollgate-theme", theme).path("/").build());
		this.driver.executeScript("document.documentElement.dataset.theme = arguments[0]", theme);
		return this;
	}

	/**
	 * Keeps a picture of the whole page in {@code target/screenshots}, and checks that
	 * nothing sticks out sideways and that axe finds nothing.
	 */
	public Browser screenshot(String name, String theme, int width) {
		width(width);
		theme(theme);
		until("a steady page " + width + " wide", (browser) -> isSteady(width));
		assertNoSidewaysScroll();
		assertAccessible();
		save(name + "-" + theme + "-" + width);
		return this;
	}

	/** Laid out for this width, with its fonts and pictures, and nothing moves. */
	private boolean isSteady(int width) {
		return Boolean.TRUE.equals(this.driver.executeScript("""
				document.body.getBoundingClientRect();
				return matchMedia(`(width: ${arguments[0]}px)`).matches && document.fonts.status === 'loaded' &&
				    Array.from(document.images).every(e => e.complete) &&
				    document.getAnimations().every(e => e.playState !== 'running');
				""", width));
	}

	/** {@link #screenshot} in both themes, on a desk and on a phone. */
	public Browser screenshots(String name) {
		for (var theme : List.of("light", "dark")) {
			screenshot(name, theme, DESK);
			screenshot(name, theme, PHONE);
		}
		width(DESK);
		return this;
	}

	/** No page scrolls sideways. */
	public Browser assertNoSidewaysScroll() {
		var wide = this.driver.executeScript(
				"""
						const limit = document.documentElement.clientWidth;
						if (document.documentElement.scrollWidth <= limit) return null;
						return Array.from(document.querySelectorAll('body *')).filter(e => e.getBoundingClientRect().right > limit + 1)
						    .map(e => e.tagName + '.' + e.className).slice(0, 5).join(' ');
						""");
		assertThat(wide).as("what sticks out sideways on %s", path()).isNull();
		return this;
	}

	/**
	 * axe, with the rules of WCAG 2.2 AA and its best practices. In the page itself:
	 * AxeBuilder opens a second tab, behind which the page is in the background.
	 */
	public Browser assertAccessible() {
		if (!Boolean.TRUE.equals(this.driver.executeScript("return !!window.axe"))) {
			this.driver.executeScript(AXE);
		}
		var violations = this.driver.executeAsyncScript("""
				const done = arguments[0];
				axe.run({resultTypes: ['violations']}).then(
				    r => done(r.violations.map(v => `${v.id}: ${v.help} ${v.nodes.slice(0, 3).map(n => n.target)}`)),
				    e => done([`axe failed: ${e}`]));
				""");
		assertThat((List<?>) violations).as("axe on %s", path()).isEmpty();
		return this;
	}

	private static String axe() {
		try (var script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The test provokes an error that the browser's console may show. */
	public Browser expectErrors() {
		this.errorsExpected = true;
		return this;
	}

	void assertQuiet() {
		until("a page at rest", (browser) -> true);
		this.driver.manage().logs().get(LogType.BROWSER).forEach((entry) -> this.errors.add(entry.getMessage()));
		if (!this.errorsExpected) {
			assertThat(this.errors).as("errors on the browser's console").isEmpty();
		}
	}

	/** A picture, the page as it stands, and what the console says. */
	void keepEvidence(String name, Throwable failure) {
		var file = "failed-" + name.replaceAll("[^A-Za-z0-9-]", "_");
		try {
			var console = this.driver.manage().logs().get(LogType.BROWSER);
			var report = new StringWriter();
			report.append("%s%n%s%n".formatted(this.driver.getCurrentUrl(), this.driver.getTitle()));
			console.forEach((entry) -> report.append("console: ").append(entry.getMessage()).append('\n'));
			failure.printStackTrace(new PrintWriter(report));
			Files.createDirectories(SCREENSHOTS);
			Files.writeString(SCREENSHOTS.resolve(file + ".txt"), report.toString());
			Files.writeString(SCREENSHOTS.resolve(file + ".html"), this.driver.getPageSource());
			save(file);
		}
		catch (IOException | WebDriverException ex) {
			failure.addSuppressed(ex);
		}
	}

	private void save(String name) {
		var size = (Map<?, ?>) this.driver
			.executeScript("return {width: innerWidth, height: document.documentElement.scrollHeight}");
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", size.get("width"), "height", Math.min(((Number) size.get("height")).intValue(), 6000),
						"deviceScaleFactor", 1, "mobile", ((Number) size.get("width")).intValue() < 600));
		try {
			Files.createDirectories(SCREENSHOTS);
			Files.write(SCREENSHOTS.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
