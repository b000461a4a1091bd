package io.tollgate.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipFile;

import javax.sql.DataSource;

import io.tollgate.command.CommandFailure;
import io.tollgate.keys.FileKeys;
import io.tollgate.keys.SealedException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a backup back into a database. Everything is checked before anything is written,
 * and all of it is written in one transaction.
 */
@Component
class BackupReader {

	private static final int BATCH = 500;

	private final DataSource database;

	private final FileKeys keys;

	private final JsonMapper json = JsonMapper.builder().build();

	BackupReader(DataSource database, FileKeys keys) {
		this.database = database;
		this.keys = keys;
	}

	/**
	 * Restores.
	 * @param replace whether to delete what is in the database
	 * @throws CommandFailure when the backup or the database is not fit for it; nothing
	 * is changed then
	 */
	Manifest restore(Path file, boolean replace) throws IOException, SQLException {
		try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
			var manifest = manifest(zip);
			for (var entry : manifest.tables()) {
				verify(zip, entry);
			}
			try (var connection = this.database.getConnection()) {
				fits(connection, manifest, replace);
				write(connection, zip, manifest);
			}
			return manifest;
		}
	}

	private Manifest manifest(ZipFile zip) throws IOException {
		byte[] text = bytes(zip, BackupWriter.MANIFEST);
		var manifest = this.json.readValue(text, Manifest.class);
		if (manifest.format() != Manifest.FORMAT) {
			throw new CommandFailure(
					"The backup has format " + manifest.format() + ", this version reads " + Manifest.FORMAT + ".");
		}
		try {
			byte[] signature = Signature.of(this.keys.mac(Signature.LABEL, manifest.signedWith()), text);
			if (!MessageDigest.isEqual(signature, bytes(zip, BackupWriter.SIGNATURE))) {
				throw new CommandFailure(
						"The key file is not the one of this backup, or the backup was changed. Nothing was restored.");
			}
		}
		catch (SealedException ex) {
			throw new CommandFailure("The key file lacks key " + manifest.signedWith()
					+ ", which this backup was signed with, or cannot be used. Nothing was restored.", ex);
		}
		return manifest;
	}

	private static byte[] bytes(ZipFile zip, String name) throws IOException {
		var entry = zip.getEntry(name);
		if (entry == null) {
			throw new CommandFailure("This is no backup of Tollgate: it has no " + name + ".");
		}
		try (var in = zip.getInputStream(entry)) {
			return in.readAllBytes();
		}
	}

	private static void verify(ZipFile zip, Manifest.Entry entry) throws IOException {
		var digest = BackupWriter.sha256();
		var found = zip.getEntry(path(entry));
		if (found != null) {
			try (var in = new DigestInputStream(zip.getInputStream(found), digest)) {
				in.transferTo(OutputStream.nullOutputStream());
			}
		}
		if (found == null || !HexFormat.of().formatHex(digest.digest()).equals(entry.sha256())) {
			throw new CommandFailure("The backup is damaged: table " + entry.table() + ". Nothing was restored.");
		}
	}

	private static String path(Manifest.Entry entry) {
		return "tables/" + entry.table() + ".jsonl";
	}

	private static void fits(Connection connection, Manifest manifest, boolean replace) throws SQLException {
		var schema = Snapshot.schema(connection);
		if (!schema.equals(manifest.schema())) {
			throw new CommandFailure("The backup was written by Tollgate " + manifest.product() + " with schema "
					+ manifest.schema() + ", this one has " + schema
					+ ". Restore it with the version that wrote it, then start this one.");
		}
		if (!replace && isUsed(connection)) {
			throw new CommandFailure(
					"The database is not empty. --replace deletes what is in it, for good. Nothing was restored.");
		}
	}

	private static boolean isUsed(Connection connection) throws SQLException {
		try (var statement = connection.createStatement();
				var row = statement.executeQuery("select (select count(*) from account) + (select count(*) from pbx)"
						+ " + (select count(*) from audit_event)")) {
			row.next();
			return row.getLong(1) > 0;
		}
	}

	private void write(Connection connection, ZipFile zip, Manifest manifest) throws IOException, SQLException {
		connection.setAutoCommit(false);
		try {
			var tables = Table.all(connection);
			clear(connection, tables);
			var byName = new HashMap<String, Table>();
			tables.forEach((table) -> byName.put(table.name(), table));
			for (var entry : manifest.tables()) {
				var table = byName.get(entry.table());
				if (table == null) {
					throw new CommandFailure("The backup has a table that this database has not: " + entry.table());
				}
				fill(connection, zip, entry, table.inOrder(entry.columns()));
			}
			connection.commit();
			for (var table : tables) {
				count(connection, table);
			}
			connection.commit();
		}
		finally {
			connection.rollback();
			connection.setAutoCommit(true);
		}
	}

	/** Who refers to another goes first. */
	private static void clear(Connection connection, List<Table> tables) throws SQLException {
		try (var statement = connection.createStatement()) {
			for (var passing : Table.passing()) {
				statement.executeUpdate("delete from " + passing);
			}
			for (var table : tables.reversed()) {
				statement.executeUpdate("delete from " + table.name());
			}
		}
	}

	private void fill(Connection connection, ZipFile zip, Manifest.Entry entry, Table table)
			throws IOException, SQLException {
		var lines = new InputStreamReader(zip.getInputStream(zip.getEntry(path(entry))), StandardCharsets.UTF_8);
		try (var reader = new BufferedReader(lines); var insert = connection.prepareStatement(table.insert())) {
			int waiting = 0;
			for (var line = reader.readLine(); line != null; line = reader.readLine()) {
				Cells.write(insert, table, Arrays.asList(this.json.readValue(line, Object[].class)));
				insert.addBatch();
				if (++waiting == BATCH) {
					insert.executeBatch();
					waiting = 0;
				}
			}
			insert.executeBatch();
		}
	}

	/** The database goes on counting after the highest number that was restored. */
	private static void count(Connection connection, Table table) throws SQLException {
		for (var column : table.counted()) {
			try (var statement = connection.createStatement()) {
				long next;
				try (var row = statement
					.executeQuery("select coalesce(max(" + column + "), 0) + 1 from " + table.name())) {
					row.next();
					next = row.getLong(1);
				}
				statement.execute("alter table " + table.name() + " alter column " + column + " restart with " + next);
			}
		}
	}

}
