package io.tollgate.backup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Backups that the running portal writes, the only way without a stop on an H2 file. The
 * oldest go when there are more than are to be kept.
 */
@Component
@ConditionalOnProperty("tollgate.backup.directory")
class ScheduledBackup {

	private static final Logger logger = LoggerFactory.getLogger(ScheduledBackup.class);

	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'tollgate-'yyyyMMdd-HHmmss'.backup'")
		.withZone(ZoneOffset.UTC);

	private final BackupWriter writer;

	private final Path directory;

	private final int keep;

	private final Clock clock;

	ScheduledBackup(BackupWriter writer, @Value("${tollgate.backup.directory}") Path directory,
			@Value("${tollgate.backup.keep:14}") int keep, Clock clock) {
		this.writer = writer;
		this.directory = directory.toAbsolutePath();
		this.keep = Math.max(1, keep);
		this.clock = clock;
	}

	@Scheduled(cron = "${tollgate.backup.cron:0 30 2 * * *}")
	void run() {
		var file = this.directory.resolve(NAME.format(Instant.now(this.clock)));
		try {
			Files.createDirectories(this.directory);
			var manifest = this.writer.write(file);
			logger.info("Backup {}: {} rows", file, manifest.tables().stream().mapToLong(Manifest.Entry::rows).sum());
			forget();
		}
		catch (FileAlreadyExistsException ex) {
			logger.info("Another portal wrote {} already", file);
		}
		catch (IOException | SQLException ex) {
			// the next one is due tomorrow; a monitor looks at the age of the newest file
			logger.error("No backup could be written to {}", file, ex);
		}
	}

	private void forget() throws IOException {
		for (var old : backups().stream().sorted(Comparator.reverseOrder()).skip(this.keep).toList()) {
			Files.delete(old);
		}
	}

	/** Those that this made, by name, which is by time. */
	private List<Path> backups() throws IOException {
		try (var files = Files.list(this.directory)) {
			return files.filter((file) -> file.getFileName().toString().matches("tollgate-\\d{8}-\\d{6}\\.backup"))
				.toList();
		}
	}

}
