package io.tollgate.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import io.tollgate.simulator.SimulatedPbxSpec.Endpoint;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a simulated PBX keeps what it must not forget: it is whole at any moment, old or
 * new.
 */
record StateFile(Path path) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** {@code null} when nothing was ever saved. */
	@Nullable State load() {
		if (!Files.exists(this.path)) {
			return null;
		}
		return JSON.readValue(this.path.toFile(), State.class);
	}

	void save(State state) {
		var fresh = this.path.resolveSibling(this.path.getFileName() + ".new");
		try {
			Files.createDirectories(this.path.toAbsolutePath().getParent());
			try (var channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
					StandardOpenOption.TRUNCATE_EXISTING)) {
				var bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(state));
				while (bytes.hasRemaining()) {
					channel.write(bytes);
				}
				channel.force(true);
			}
			Files.move(fresh, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What is kept: the store, the configuration files, the phones, the trunks, and the
	 * options of endpoints that are not the usual ones.
	 */
	record State(SortedMap<String, String> astdb, SortedMap<String, String> files, List<Endpoint> endpoints,
			List<String> trunks, Map<String, Map<String, String>> options) {
	}

}
