package io.tollgate.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.sql.DataSource;

import io.tollgate.keys.Keys;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the whole database as of one moment into one file, while the portal works. It
 * holds secrets only as they are locked, and never the key file. Signed, so that nobody
 * can make one up; not encrypted, so keep it as you keep the database.
 */
@Component
class BackupWriter {

	static final String MANIFEST = "manifest.json";

	static final String SIGNATURE = "manifest.hmac";

	private static final int FETCH = 500;

	private final DataSource database;

	private final Keys keys;

	private final Clock clock;

	private final String version;

	private final JsonMapper json = JsonMapper.builder().build();

	BackupWriter(DataSource database, Keys keys, Clock clock, @Value("${tollgate.version:}") String version) {
		this.database = database;
		this.keys = keys;
		this.clock = clock;
		this.version = version;
	}

	/**
	 * Writes a backup, whole or not at all.
	 * @throws FileAlreadyExistsException when there is such a file; it stays as it is
	 */
	Manifest write(Path file) throws IOException, SQLException {
		if (Files.exists(file)) {
			throw new FileAlreadyExistsException(file.toString());
		}
		var part = file.resolveSibling(file.getFileName() + ".part");
		Files.deleteIfExists(part);
		try {
			var manifest = fill(part);
			Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
			return manifest;
		}
		finally {
			Files.deleteIfExists(part);
		}
	}

	private Manifest fill(Path part) throws IOException, SQLException {
		boolean posix = part.getFileSystem().supportedFileAttributeViews().contains("posix");
		if (posix) {
			Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		}
		var options = posix ? Set.of(StandardOpenOption.WRITE)
				: Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
		try (var channel = FileChannel.open(part, options); var connection = this.database.getConnection()) {
			var zip = new ZipOutputStream(Channels.newOutputStream(channel), StandardCharsets.UTF_8);
			var manifest = copy(connection, zip);
			zip.finish();
			zip.flush();
			channel.force(true);
			return manifest;
		}
	}

	private Manifest copy(Connection connection, ZipOutputStream zip) throws IOException, SQLException {
		try {
			Snapshot.begin(connection);
			var entries = new ArrayList<Manifest.Entry>();
			for (var table : Table.all(connection)) {
				entries.add(copy(connection, table, zip));
			}
			var manifest = new Manifest(Manifest.FORMAT, this.version, Snapshot.schema(connection),
					Instant.now(this.clock).toString(), Snapshot.keys(connection), this.keys.currentVersion(), entries);
			byte[] text = this.json.writeValueAsBytes(manifest);
			entry(zip, MANIFEST, text);
			entry(zip, SIGNATURE, Signature.of(this.keys.mac(Signature.LABEL, manifest.signedWith()), text));
			return manifest;
		}
		finally {
			Snapshot.end(connection);
		}
	}

	private Manifest.Entry copy(Connection connection, Table table, ZipOutputStream zip)
			throws IOException, SQLException {
		var digest = sha256();
		long count = 0;
		zip.putNextEntry(new ZipEntry("tables/" + table.name() + ".jsonl"));
		var lines = new DigestOutputStream(new Kept(zip), digest);
		try (var select = connection.prepareStatement(table.select())) {
			select.setFetchSize(FETCH);
			try (var rows = select.executeQuery()) {
				while (rows.next()) {
					lines.write(this.json.writeValueAsBytes(Cells.read(rows, table)));
					lines.write('\n');
					count++;
				}
			}
		}
		zip.closeEntry();
		return new Manifest.Entry(table.name(), List.copyOf(table.columns().keySet()), count,
				HexFormat.of().formatHex(digest.digest()));
	}

	private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
		zip.putNextEntry(new ZipEntry(name));
		zip.write(bytes);
		zip.closeEntry();
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("SHA-256 is not there", ex);
		}
	}

	/** Stays open when the entry ends. */
	private static final class Kept extends FilterOutputStream {

		Kept(OutputStream out) {
			super(out);
		}

		@Override
		public void write(byte[] bytes, int from, int length) throws IOException {
			this.out.write(bytes, from, length);
		}

		@Override
		public void close() {
			// the zip is closed by whoever opened it
		}

	}

}
