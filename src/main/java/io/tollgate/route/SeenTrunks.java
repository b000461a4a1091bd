package io.tollgate.route;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import io.tollgate.api.IfMatch;
import io.tollgate.pbx.NotThereException;
import io.tollgate.pbx.PbxRegistry;

import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Trunks as scripts read and change them: with what they saw of them. */
@Component
class SeenTrunks {

	private static final long PRIME = 0x100000001b3L;

	private final Trunks trunks;

	private final TrunkRows rows;

	private final PbxRegistry registry;

	SeenTrunks(Trunks trunks, TrunkRows rows, PbxRegistry registry) {
		this.trunks = trunks;
		this.rows = rows;
		this.registry = registry;
	}

	/** Those of these PBXs behind an id, in the order of their ids. */
	@Transactional(readOnly = true)
	public List<Seen> after(Collection<Long> pbxs, long id, int most) {
		return this.rows.after(pbxs, id, Limit.of(most)).stream().map(Seen::of).toList();
	}

	/**
	 * One trunk, also one that is no longer on its PBX.
	 * @throws NotThereException without such a trunk, or when its PBX is not seen
	 */
	@Transactional(readOnly = true)
	public StoredTrunk find(long pbx, String name) {
		requireSeen(pbx);
		var trunk = this.trunks.all(pbx).get(name);
		if (trunk == null) {
			throw new NotThereException();
		}
		return trunk;
	}

	/** For whoever names a PBX. */
	void requireSeen(long pbx) {
		if (this.registry.find(pbx).isEmpty()) {
			throw new NotThereException();
		}
	}

	/** Does that while nobody else can change the trunk. */
	@Transactional
	public TrunkAnswer change(long pbx, String name, IfMatch seen, Function<Trunk, TrunkAnswer> work) {
		requireSeen(pbx);
		this.registry.hold(pbx);
		var row = this.rows.lock(pbx, name).orElseThrow(NotThereException::new);
		seen.require(revision(row.toStored()));
		return work.apply(row.toTrunk());
	}

	/** Another number for everything that can change about it: no column counts that. */
	static long revision(StoredTrunk stored) {
		var trunk = stored.trunk();
		long revision = (stored.present() ? 1 : 0) + (stored.byHand() ? 2 : 0) + 4L * trunk.reading().ordinal();
		revision = (revision ^ trunk.dial().hashCode()) * PRIME;
		return (revision ^ trunk.accessCode().hashCode()) * PRIME & Long.MAX_VALUE;
	}

	/** A trunk of a PBX. */
	record Seen(long id, long pbx, StoredTrunk stored) {

		static Seen of(TrunkRow row) {
			return new Seen(row.getId(), row.getPbxId(), row.toStored());
		}

	}

}
