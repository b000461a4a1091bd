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
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.stereotype.Component;

/** The file of checkpoints: lines are only ever added, and only its owner reads it. */
@Component
class CheckpointFile {

	private final Path path;

	CheckpointFile(AuditProperties properties) {
		this.path = properties.checkpoints().toAbsolutePath().normalize();
	}

	/** Adds a line, and returns when it is on disk. */
	void append(String checkpoint) throws IOException {
		boolean posix = this.path.getFileSystem().supportedFileAttributeViews().contains("posix");
		var folder = this.path.getParent();
		if (folder != null && !Files.isDirectory(folder)) {
			Files.createDirectories(folder, only("rwx------", posix));
		}
		try (var channel = FileChannel.open(this.path,
				Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
				only("rw-------", posix))) {
			// in one piece: portals on one machine may share the file
			channel.write(ByteBuffer.wrap((checkpoint + "\n").getBytes(StandardCharsets.US_ASCII)));
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
			return Files.readAllLines(this.path, StandardCharsets.ISO_8859_1)
				.stream()
				.map(Checkpoint::parse)
				.flatMap(Optional::stream)
				.toList();
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
