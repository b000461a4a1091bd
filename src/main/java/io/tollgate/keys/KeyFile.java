package io.tollgate.keys;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Where the keys are: a file of its owner alone, apart from the data. Where a file system
 * knows no owner's permissions the folder has to keep others out.
 */
final class KeyFile {

	private static final Set<PosixFilePermission> OWNER = EnumSet.of(PosixFilePermission.OWNER_READ,
			PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

	private final Path path;

	private final Path data;

	/**
	 * A key file that need not be there yet.
	 * @param data the directory that it must not lie in
	 */
	KeyFile(Path path, Path data) {
		this.path = path.toAbsolutePath().normalize();
		this.data = data.toAbsolutePath().normalize();
	}

	/** What it is at this moment, to notice that it is another one; null without it. */
	@Nullable Stamp stamp() throws IOException {
		try {
			if (isPosix()) {
				var attributes = Files.readAttributes(this.path, PosixFileAttributes.class);
				return Stamp.of(attributes, attributes.permissions());
			}
			return Stamp.of(Files.readAttributes(this.path, BasicFileAttributes.class), OWNER);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	/** Whether it lies in the data directory, by whatever links. */
	boolean isAmongData() throws IOException {
		return this.path.startsWith(this.data) || real(this.path).startsWith(real(this.data));
	}

	private static Path real(Path path) throws IOException {
		return Files.exists(path) ? path.toRealPath() : path;
	}

	KeyRing read() throws IOException {
		return KeyRing.parse(Files.readString(this.path, StandardCharsets.US_ASCII));
	}

	/**
	 * Writes a file that is not there yet.
	 * @throws java.nio.file.FileAlreadyExistsException when it is; it stays as it is
	 */
	void create(KeyRing ring) throws IOException {
		var folder = folder();
		if (!Files.isDirectory(folder)) {
			Files.createDirectories(folder, only("rwx------"));
		}
		write(this.path, ring);
		sync(folder);
	}

	/** Puts other keys in its place, whole or not at all, also when the power fails. */
	void replace(KeyRing ring) throws IOException {
		// what a link leads to, not the link
		var target = this.path.toRealPath();
		var next = target.resolveSibling(target.getFileName() + ".new");
		Files.deleteIfExists(next);
		write(next, ring);
		Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		sync(Objects.requireNonNull(target.getParent()));
	}

	/**
	 * Keeps others from replacing it at the same time, in this process or another.
	 * @throws IOException when somebody else does
	 */
	Closeable lock() throws IOException {
		var path = this.path.toRealPath();
		var channel = FileChannel.open(path.resolveSibling(path.getFileName() + ".lock"),
				Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), only("rw-------"));
		try {
			if (channel.tryLock() != null) {
				return channel;
			}
		}
		catch (OverlappingFileLockException ex) {
			channel.close();
			throw new IOException("the keys are being changed by this process already", ex);
		}
		channel.close();
		throw new IOException("the keys are being changed by another process");
	}

	private void write(Path file, KeyRing ring) throws IOException {
		var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		try (var channel = FileChannel.open(file, options, only("rw-------"))) {
			var bytes = ByteBuffer.wrap(ring.format().getBytes(StandardCharsets.US_ASCII));
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(true);
		}
	}

	/** A name is on disk when its folder is. */
	private void sync(Path folder) throws IOException {
		if (isPosix()) {
			try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
				channel.force(true);
			}
		}
	}

	private FileAttribute<?>[] only(String permissions) {
		return isPosix()
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	private boolean isPosix() {
		return this.path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

	private Path folder() {
		return Objects.requireNonNull(this.path.getParent(), "the key file needs a folder");
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

	/**
	 * Two that are alike are of the same file with the same bytes.
	 *
	 * @param file its number in the file system, where that has one
	 * @param exposed whether others than its owner may do anything with it
	 */
	record Stamp(@Nullable Object file, FileTime changed, long size, boolean exposed) {

		private static Stamp of(BasicFileAttributes attributes, Set<PosixFilePermission> permissions) {
			return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size(),
					!OWNER.containsAll(permissions));
		}

	}

}
