package io.tollgate.backup;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import io.tollgate.TollgateApplication;
import io.tollgate.account.Accounts;
import io.tollgate.account.Role;
import io.tollgate.command.Commands;
import io.tollgate.pbx.NewPbx;
import io.tollgate.pbx.PbxConnection;
import io.tollgate.pbx.PbxRegistry;
import io.tollgate.support.CommandLine;
import io.tollgate.support.RealPostgres;
import io.tollgate.support.TestAccounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Backup, rotation and restore as an administrator does them, on H2 and PostgreSQL. */
class BackupIT {

	private static final String SECRET = "marker-secret-of-a-pbx";

	@TempDir
	Path folder;

	private String said = "";

	/** Settings of an installation; each has a database of its own. */
	private List<String> installation(String name, boolean postgres) {
		var settings = new ArrayList<>(List.of("--tollgate.data-dir=" + this.folder.resolve(name),
				"--tollgate.key-file=" + this.folder.resolve(name + "-keys/secret.key")));
		if (postgres) {
			var database = RealPostgres.newDatabase();
			settings.add("--spring.datasource.url=" + database.getJdbcUrl());
			settings.add("--spring.datasource.username=" + database.getUsername());
			settings.add("--spring.datasource.password=" + database.getPassword());
		}
		return settings;
	}

	private int run(List<String> settings, String... command) {
		var arguments = new ArrayList<>(List.of(command));
		arguments.addAll(settings);
		var words = new StringWriter();
		var out = new PrintWriter(words);
		int code = CommandLine.run(out, out, arguments);
		out.flush();
		this.said = words.toString();
		return code;
	}

	private static ConfigurableApplicationContext portal(List<String> settings) {
		var arguments = new ArrayList<>(settings);
		arguments.addAll(List.of("--server.port=0", "--tollgate.demo=false", "--tollgate.leak-check.pause=24h",
				"--tollgate.apply.watch-every=24h", "--spring.main.banner-mode=off"));
		return SpringApplication.run(TollgateApplication.class, arguments.toArray(String[]::new));
	}

	private long fill(List<String> settings) {
		try (var portal = portal(settings)) {
			portal.getBean(Accounts.class).create("ana", "Ana", TestAccounts.PASSWORD, Role.ADMINISTRATOR);
			var connection = new PbxConnection("Zürich \"plant\"", "192.0.2.7", 5038, false, null, "tollgate");
			return portal.getBean(PbxRegistry.class).add(new NewPbx(connection, false, 1), SECRET).id();
		}
	}

	private void holds(List<String> settings, long pbxId) {
		try (var portal = portal(settings)) {
			var registry = portal.getBean(PbxRegistry.class);
			assertThat(registry.find(pbxId).orElseThrow().name()).isEqualTo("Zürich \"plant\"");
			assertThat(registry.secret(pbxId)).isEqualTo(SECRET);
			assertThat(portal.getBean(Accounts.class).loadUserByUsername("ana").getPassword()).startsWith("$argon2id$");
			var connection = new PbxConnection("Next", "192.0.2.8", 5038, false, null, "tollgate");
			assertThat(registry.add(new NewPbx(connection, false, 1), SECRET).id()).as("counted on")
				.isGreaterThan(pbxId);
			assertThat(
					portal.getBean(JdbcTemplate.class).queryForObject("select count(*) from audit_event", Long.class))
				.isGreaterThanOrEqualTo(2);
		}
	}

	private void copyKey(String from, String to) throws IOException {
		var target = this.folder.resolve(to + "-keys/secret.key");
		Files.createDirectories(target.getParent());
		Files.copy(this.folder.resolve(from + "-keys/secret.key"), target, StandardCopyOption.REPLACE_EXISTING,
				StandardCopyOption.COPY_ATTRIBUTES);
	}

	private void moves(boolean fromPostgres, boolean toPostgres) throws Exception {
		var old = installation("old", fromPostgres);
		long pbx = fill(old);
		var file = this.folder.resolve("tollgate.backup");
		assertThat(run(old, "backup", file.toString())).as(() -> this.said).isZero();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		holdsNoSecret(file, this.folder.resolve("old-keys/secret.key"));
		assertThat(run(old, "backup", file.toString())).as("never over a file").isEqualTo(1);

		var fresh = installation("fresh", toPostgres);
		assertThat(run(fresh, "restore", file.toString())).as("without its key").isEqualTo(1);
		assertThat(this.said).contains("Nothing was restored");
		assertThat(this.folder.resolve("fresh-keys/secret.key")).doesNotExist();
		copyKey("old", "fresh");
		assertThat(run(fresh, "restore", file.toString())).as(() -> this.said).isZero();
		assertThat(run(fresh, "key", "check", "--json")).as(() -> this.said).isZero();
		assertThat(this.said).contains("\"seal\":\"OPEN\"", "\"secretsByVersion\":{\"1\":1}");
		assertThat(run(fresh, "restore", file.toString())).as("not empty").isEqualTo(1);
		assertThat(this.said).contains("--replace");
		holds(fresh, pbx);
		assertThat(run(fresh, "restore", "--replace", file.toString())).as(() -> this.said).isZero();
		assertThat(run(fresh, "key", "rotate")).as(() -> this.said).isZero();
		holds(fresh, pbx);
		refusesADamaged(file, old);
	}

	/** One byte of each part, and a part that is missing. */
	private void refusesADamaged(Path file, List<String> settings) throws IOException {
		for (var part : List.of("manifest.json", "manifest.hmac", "tables/account.jsonl", "tables/audit_event.jsonl")) {
			for (boolean missing : new boolean[] { true, false }) {
				var damaged = damaged(file, part, missing);
				assertThat(run(settings, "restore", "--replace", damaged.toString())).as(part).isEqualTo(1);
			}
		}
		assertThat(run(settings, "key", "check")).as("still as it was").isZero();
	}

	private Path damaged(Path file, String part, boolean missing) throws IOException {
		var damaged = this.folder.resolve("damaged");
		try (var zip = new ZipFile(file.toFile());
				var out = new ZipOutputStream(Files.newOutputStream(damaged), StandardCharsets.UTF_8)) {
			for (var entry : zip.stream().toList()) {
				if (missing && entry.getName().equals(part)) {
					continue;
				}
				byte[] bytes = zip.getInputStream(entry).readAllBytes();
				if (entry.getName().equals(part)) {
					bytes[bytes.length / 2] ^= 1;
				}
				out.putNextEntry(new ZipEntry(entry.getName()));
				out.write(bytes);
				out.closeEntry();
			}
		}
		return damaged;
	}

	private static void holdsNoSecret(Path file, Path key) throws IOException {
		var secretKey = Files.readString(key).strip().split(":")[1];
		try (var zip = new ZipFile(file.toFile())) {
			for (var entry : zip.stream().toList()) {
				try (var in = zip.getInputStream(entry)) {
					assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).as(entry.getName())
						.doesNotContain(SECRET, secretKey, TestAccounts.PASSWORD);
				}
			}
		}
	}

	@Test
	void bringsH2BackOnPostgres() throws Exception {
		moves(false, true);
	}

	@Test
	void bringsPostgresBackOnH2() throws Exception {
		moves(true, false);
	}

	@Test
	void saysThatAnH2FileIsInUse() throws Exception {
		var settings = installation("busy", false);
		fill(settings);
		// as the portal does it, in another process
		try (var file = FileChannel.open(this.folder.resolve("busy/tollgate.mv.db"), StandardOpenOption.WRITE);
				var _ = file.lock()) {
			assertThat(run(settings, "backup", this.folder.resolve("x").toString())).isEqualTo(1);
			assertThat(this.said).contains("stop the portal");
		}
		assertThat(run(settings, "backup", this.folder.resolve("x").toString())).as(() -> this.said).isZero();
	}

	@Test
	void explainsItself() {
		assertThat(run(List.of(), "--help")).isZero();
		assertThat(this.said).contains("backup", "restore", "key");
		assertThat(run(List.of(), "key", "rotate", "--help")).isZero();
		assertThat(this.said).contains("--retire");
		assertThat(run(List.of(), "no-such-command")).isEqualTo(2);
		assertThat(run(List.of(), "backup")).isEqualTo(2);
		assertThat(Commands.isAskedFor("--server.port=0")).isFalse();
		assertThat(Commands.isAskedFor()).isFalse();
		assertThat(Commands.isAskedFor("--tollgate.key-file=x", "key", "check")).isTrue();
	}

}
