package io.tollgate.apply;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

import io.tollgate.lab.Seeds;
import io.tollgate.support.RealPostgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The portal as a process: killed by SIGKILL at random points of many pushes at once, and
 * started again; two of them on one database, of which one dies or stands still.
 * {@code -Dtollgate.faults.kills} says how often.
 */
class PortalFaultIT {

	private static final int PBXS = 10;

	private static final int KILLS = Integer.getInteger("tollgate.faults.kills", 20);

	private static final Duration FLUSH = Duration.ofMillis(100);

	private static final Duration CONVERGED = Duration.ofSeconds(60);

	/** Times that a portal is given so that a push takes about a second. */
	private static final List<String> TIMES = List.of("--tollgate.apply.watch-every=1s",
			"--tollgate.apply.confirm-within=3s", "--tollgate.apply.retry=200ms", "--tollgate.apply.retry-most=1s",
			"--tollgate.apply.poll=200ms", "--tollgate.apply.ask-again=300ms", "--tollgate.apply.heartbeat=500ms",
			"--tollgate.database.idle-in-transaction=5s", "--tollgate.asterisk.flush=110ms", "--tollgate.demo=false",
			"--server.port=0", "--tollgate.leak-check.pause=24h", "--logging.level.root=warn",
			"--spring.main.banner-mode=off");

	@TempDir
	static Path folder;

	/** One that ends in good order leaves its classes behind, for those after it. */
	@BeforeAll
	static void leaveClasses() {
		RemoteDesk.start(folder, arguments("first")).ready().close();
	}

	private static List<String> arguments(String data, String... more) {
		var arguments = new ArrayList<>(TIMES);
		arguments.add("--tollgate.data-dir=" + folder.resolve(data));
		arguments.add("--tollgate.key-file=" + folder.resolve("keys/secret.key"));
		arguments.addAll(List.of(more));
		return arguments;
	}

	@Test
	void losesNothingThatItSaidWhenItIsKilled() {
		Seeds.each("portal kills on H2", 1, 1, (seed) -> {
			var random = new Random(seed);
			var portal = RemoteDesk.start(folder, arguments("h2"));
			try (var fleet = new FaultFleet(portal, PBXS, FLUSH, seed)) {
				fleet.apply();
				fleet.until("the first apply", CONVERGED, fleet::allInSync);
				for (int kill = 0; kill < KILLS / 2; kill++) {
					killDuringAnApply(fleet, portal, random);
					portal.close();
					portal = RemoteDesk.start(folder, arguments("h2"));
					fleet.at(portal);
					fleet.checkAcknowledged();
					fleet.until("after kill " + kill, CONVERGED, fleet::allSettled);
					fleet.check();
				}
				System.out.println(fleet);
			}
			finally {
				portal.close();
			}
		});
	}

	/** Between the first click and the last confirmation. */
	private static void killDuringAnApply(FaultFleet fleet, RemoteDesk portal, Random random) {
		fleet.edit();
		if (random.nextBoolean()) {
			fleet.apply();
			kill(fleet, portal, random.nextLong(800_000_000L));
		}
		else {
			kill(fleet, portal, random.nextLong(1_500_000_000L));
		}
	}

	private static void kill(FaultFleet fleet, RemoteDesk portal, long after) {
		var killer = Thread.ofVirtual().start(() -> {
			LockSupport.parkNanos(after);
			portal.kill();
		});
		try {
			fleet.apply();
			fleet.watch(Duration.ofSeconds(5));
		}
		catch (UncheckedIOException ex) {
			// that is what was wanted
		}
		join(killer);
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void anotherPortalGoesOnWhereOneWasKilledOrStoodStill() {
		Seeds.each("portal kills on PostgreSQL", 1, 1, (seed) -> {
			var random = new Random(seed);
			var empty = RealPostgres.newDatabase();
			var database = new String[] { "--spring.datasource.url=" + empty.getJdbcUrl(),
					"--spring.datasource.username=" + empty.getUsername(),
					"--spring.datasource.password=" + empty.getPassword() };
			var one = RemoteDesk.start(folder, arguments("none", database)).ready();
			var other = RemoteDesk.start(folder, arguments("none", database));
			try (var fleet = new FaultFleet(one, PBXS, FLUSH, seed)) {
				fleet.apply();
				fleet.until("the first apply", CONVERGED, fleet::allInSync);
				other.ready();
				for (int kill = 0; kill < (KILLS + 1) / 2; kill++) {
					boolean standsStill = kill % 5 == 4;
					if (standsStill) {
						stopDuringAnApply(fleet, one, random);
					}
					else {
						killDuringAnApply(fleet, one, random);
					}
					fleet.at(other);
					fleet.checkAcknowledged();
					fleet.until("after kill " + kill, CONVERGED, fleet::allSettled);
					fleet.check();
					if (standsStill) {
						one.signal("CONT");
						fleet.watch(Duration.ofSeconds(3));
						fleet.until("after it went on", CONVERGED, fleet::allSettled);
						fleet.check();
						one.kill();
					}
					var next = other;
					other = RemoteDesk.start(folder, arguments("none", database));
					one = next;
				}
				System.out.println(fleet);
			}
			finally {
				one.close();
				other.close();
			}
		});
	}

	private static void stopDuringAnApply(FaultFleet fleet, RemoteDesk portal, Random random) {
		fleet.edit();
		fleet.apply();
		LockSupport.parkNanos(random.nextLong(1_000_000_000L));
		portal.signal("STOP");
	}

}
