package io.tollgate.demo;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.tollgate.keys.Keys;
import io.tollgate.keys.Seal;
import io.tollgate.pbx.Pbx;
import io.tollgate.pbx.PbxRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Runs the simulated PBXs while the portal runs: made in an empty H2 database, brought
 * back at each later start. On any other database, or with {@code tollgate.demo=false},
 * there is none of this.
 */
@Component
@ConditionalOnBooleanProperty("tollgate.demo")
class DemoFleet implements SmartLifecycle {

	private static final Logger LOGGER = LoggerFactory.getLogger(DemoFleet.class);

	private static final String H2 = "jdbc:h2:";

	private final DataSource dataSource;

	private final PbxRegistry registry;

	private final DemoSeed seed;

	private final Keys keys;

	private @Nullable Simulators simulators;

	private volatile boolean running;

	DemoFleet(DataSource dataSource, PbxRegistry registry, DemoSeed seed, Keys keys) {
		this.dataSource = dataSource;
		this.registry = registry;
		this.seed = seed;
		this.keys = keys;
	}

	@Override
	public synchronized void start() {
		this.running = true;
		begin();
	}

	/** A portal that starts sealed brings its simulated PBXs back when it opens. */
	@Scheduled(initialDelay = 2, fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
	synchronized void begin() {
		if (!this.running || this.simulators != null || this.keys.seal() != Seal.OPEN) {
			return;
		}
		var url = databaseUrl();
		if (!isOwn(url)) {
			return;
		}
		long began = System.nanoTime();
		var started = new Simulators(stateFolder(url));
		this.simulators = started;
		if (this.seed.isWanted()) {
			this.seed.fill(started);
		}
		else {
			this.registry.all().stream().filter(Pbx::simulated).forEach((pbx) -> this.seed.resume(pbx, started));
		}
		if (started.count() > 0) {
			LOGGER.info("{} simulated PBXs are running; -Dtollgate.demo=false starts without them ({} ms)",
					started.count(), (System.nanoTime() - began) / 1_000_000);
		}
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		if (this.simulators != null) {
			this.simulators.close();
			this.simulators = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Before the web server lets anybody in, and after it let everybody out. */
	@Override
	public int getPhase() {
		return 0;
	}

	/** An H2 that somebody serves to many is as serious as a PostgreSQL. */
	static boolean isOwn(String url) {
		return url.startsWith(H2) && !url.startsWith(H2 + "tcp:") && !url.startsWith(H2 + "ssl:");
	}

	/** Beside the database file; {@code null} when the database is in memory. */
	static @Nullable Path stateFolder(String url) {
		var file = url.substring(H2.length()).split(";", 2)[0];
		if (file.startsWith("mem:")) {
			return null;
		}
		file = file.startsWith("file:") ? file.substring("file:".length()) : file;
		file = file.startsWith("~") ? System.getProperty("user.home") + file.substring(1) : file;
		return Path.of(file).resolveSibling("simulator");
	}

	private String databaseUrl() {
		try (var connection = this.dataSource.getConnection()) {
			return connection.getMetaData().getURL();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("the database does not say what it is", ex);
		}
	}

}
