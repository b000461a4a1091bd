package io.tollgate.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

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

	private static final Duration PATIENCE = Duration.ofSeconds(15);

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
				"--disable-dev-shm-usage", "--force-prefers-reduced-motion", "--lang=en-GB", "--hide-scrollbars",
				"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost");
		options.setExperimentalOption("prefs",
				Map.of("intl.accept_languages", "en-GB,en", "credentials_enable_service", false));
		var logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.SEVERE);
		options.setCapability("goog:loggingPrefs", logs);
		var service = new ChromeDriverService.Builder().usingDriverExecutable(chromeDriver.toFile())
			.usingAnyFreePort()
			.build();
		return new Browser(new ChromeDriver(service, options));
	}

	void reset(int port) {
		this.driver.manage().deleteAllCookies();
		this.driver.get("about:blank");
		this.origin = "http://localhost:" + port;
		this.errorsExpected = false;
		width(DESK);
		this.driver.manage().logs().get(LogType.BROWSER);
		this.errors.clear();
	}

	/** Forgets who is signed in. */
	public Browser forget() {
		this.driver.manage().deleteAllCookies();
		return this;
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
		return visible(By.cssSelector(css), css);
	}

	/** All elements for a CSS selector, at once. */
	public List<WebElement> all(String css) {
		return this.driver.findElements(By.cssSelector(css));
	}

	/** The text of the whole page as shown. */
	public String text() {
		return this.driver.findElement(By.tagName("body")).getText();
	}

	/** Waits until the page shows this text. */
	public Browser sees(String text) {
		until("the page shows \"" + text + "\"", (browser) -> browser.text().contains(text));
		return this;
	}

	/** The field that a label, visible or hidden, names. */
	public WebElement field(String label) {
		var element = this.driver.executeScript("""
				const name = arguments[0];
				const own = Array.from(document.querySelectorAll('[aria-label]')).filter(
				    e => e.getAttribute('aria-label') === name && /^(INPUT|SELECT|TEXTAREA)$/.test(e.tagName));
				const labelled = Array.from(document.querySelectorAll('label')).filter(
				    l => l.textContent.trim() === name || l.textContent.trim().startsWith(name)).map(l => l.control);
				return labelled.concat(own).filter(e => e && e.getClientRects().length)[0] || null;
				""", label);
		assertThat(element).as("a field labelled \"%s\" on %s", label, path()).isInstanceOf(WebElement.class);
		return (WebElement) element;
	}

	/** Replaces what stands in a field. */
	public Browser type(String label, String text) {
		var field = field(label);
		field.clear();
		field.sendKeys(text);
		return this;
	}

	/** Clicks the button or link with this text or accessible name. */
	public Browser press(String name) {
		var target = until("a button or link \"" + name + "\"",
				() -> (WebElement) this.driver.executeScript(
						"""
								const name = arguments[0];
								return Array.from(document.querySelectorAll('button, a, summary, [role=tab], [role=option]')).filter(e =>
								    e.getClientRects().length && !e.disabled
								    && (e.innerText.trim() === name || e.getAttribute('aria-label') === name))[0] || null;
								""",
						name));
		this.driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", target);
		target.click();
		return this;
	}

	/** Presses keys where the focus is. */
	public Browser keys(CharSequence... keys) {
		new Actions(this.driver).sendKeys(keys).perform();
		return this;
	}

	/** Holds Control while a key is pressed. */
	public Browser control(String key) {
		new Actions(this.driver).keyDown(Keys.CONTROL).sendKeys(key).keyUp(Keys.CONTROL).perform();
		return this;
	}

	/** The element that has the focus. */
	public WebElement focused() {
		return this.driver.switchTo().activeElement();
	}

	/** Waits, at most 15 seconds; the condition may meet elements that htmx replaces. */
	public Browser until(String what, Predicate<Browser> condition) {
		waiting(what).until((driver) -> condition.test(this));
		return this;
	}

	private <T> T until(String what, Supplier<T> search) {
		return waiting(what).until((driver) -> search.get());
	}

	private WebDriverWait waiting(String what) {
		var wait = new WebDriverWait(this.driver, PATIENCE);
		wait.ignoring(StaleElementReferenceException.class);
		wait.withMessage(() -> what + " on " + this.driver.getCurrentUrl() + ":\n" + text());
		return wait;
	}

	private WebElement visible(By by, String what) {
		return until(what,
				() -> this.driver.findElements(by).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
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
		assertNoSidewaysScroll();
		assertAccessible();
		save(name + "-" + theme + "-" + width);
		return this;
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

	/** axe, with the rules of WCAG 2.2 AA and its best practices. */
	public Browser assertAccessible() {
		var violations = new AxeBuilder().analyze(this.driver).getViolations();
		assertThat(violations).extracting(Browser::describe).as("axe on %s", path()).isEmpty();
		return this;
	}

	private static String describe(Rule rule) {
		return rule.getId() + ": " + rule.getHelp() + " "
				+ rule.getNodes().stream().map((node) -> String.valueOf(node.getTarget())).limit(3).toList();
	}

	/** The test provokes an error that the browser's console may show. */
	public Browser expectErrors() {
		this.errorsExpected = true;
		return this;
	}

	void assertQuiet() {
		this.driver.manage().logs().get(LogType.BROWSER).forEach((entry) -> this.errors.add(entry.getMessage()));
		if (!this.errorsExpected) {
			assertThat(this.errors).as("errors on the browser's console").isEmpty();
		}
	}

	void keepEvidence(String name) {
		save("failed-" + name.replaceAll("[^A-Za-z0-9-]", "_"));
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
