package io.tollgate.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.tollgate.keys.Keys;
import io.tollgate.keys.Seal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps a file beside the key file with a signed line for the newest row, every so many
 * rows and minutes and when the portal stops. By it, rows that were cut off the end of
 * the table are missed, and so is the table itself.
 */
@Component
class Checkpoints implements SmartLifecycle {

	private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

	private final Path file;

	private final int everyRows;

	private final AuditRows rows;

	private final Keys keys;

	private final Clock clock;

	private long written;

	private volatile @Nullable Instant failingSince;

	private volatile boolean running;

	Checkpoints(AuditProperties properties, AuditRows rows, Keys keys, Clock clock) {
		this.file = properties.checkpoints().toAbsolutePath().normalize();
		this.everyRows = properties.checkpointRows();
		this.rows = rows;
		this.keys = keys;
		this.clock = clock;
	}

	@TransactionalEventListener
	void on(AuditRows.Appended appended) {
		if (appended.head().id() / this.everyRows > (appended.head().id() - appended.rows()) / this.everyRows) {
			write(appended.head());
		}
	}

	@Scheduled(initialDelayString = "${tollgate.audit.checkpoint-every:5m}",
			fixedDelayString = "${tollgate.audit.checkpoint-every:5m}")
	void write() {
		if (this.keys.seal() == Seal.OPEN) {
			write(this.rows.head());
		}
	}

	/** What failed is tried again by the next one; until then the page says so. */
	private synchronized void write(AuditRows.Head head) {
		if (head.id() <= this.written) {
			return;
		}
		int version = this.keys.currentVersion();
		var line = Checkpoint.of(Instant.now(this.clock), head, version, new Chain(this.keys)).line();
		try {
			append(line + "\n");
			this.written = head.id();
			this.failingSince = null;
		}
		catch (IOException ex) {
			if (this.failingSince == null) {
				this.failingSince = Instant.now(this.clock);
			}
			LOG.error("The checkpoint of audit row {} cannot be written to {}", head.id(), this.file, ex);
		}
	}

	private void append(String line) throws IOException {
		boolean posix = this.file.getFileSystem().supportedFileAttributeViews().contains("posix");
		var folder = this.file.getParent();
		if (folder != null && !Files.isDirectory(folder)) {
			Files.createDirectories(folder, only("rwx------", posix));
		}
		try (var channel = FileChannel.open(this.file,
				Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
				only("rw-------", posix))) {
			// in one piece: portals on one machine may share the file
			channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
			channel.force(true);
		}
	}

	private static FileAttribute<?>[] only(String permissions, boolean posix) {
		return posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	/** All that can be read, oldest first. */
	List<Checkpoint> read() throws IOException {
		try {
			return Files.readAllLines(this.file, StandardCharsets.ISO_8859_1)
				.stream()
				.map(Checkpoint::parse)
				.flatMap(Optional::stream)
				.toList();
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
	}

	/** Since when none could be written, {@code null} when the last one was. */
	@Nullable Instant failingSince() {
		return this.failingSince;
	}

	Path file() {
		return this.file;
	}

	@Override
	public void start() {
		this.running = true;
	}

	/** The last one: what comes to the table before the next start shows. */
	@Override
	public void stop() {
		this.running = false;
		write();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
