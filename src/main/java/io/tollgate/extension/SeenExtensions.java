package io.tollgate.extension;

import io.tollgate.api.IfMatch;
import io.tollgate.pbx.NotThereException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** One extension as scripts read and change it: with what they saw of it. */
@Component
class SeenExtensions {

	private final Extensions extensions;

	private final ExtensionLists lists;

	private final JdbcOperations jdbc;

	SeenExtensions(Extensions extensions, ExtensionLists lists, JdbcOperations jdbc) {
		this.extensions = extensions;
		this.lists = lists;
		this.jdbc = jdbc;
	}

	/**
	 * The extension, seen or not on its PBX any more.
	 * @throws NotThereException without such an extension
	 */
	ExtensionListing find(long id) {
		return this.lists.find(id).orElseThrow(NotThereException::new);
	}

	/**
	 * Changes it while nobody else can; one that its PBX does not have any more stays.
	 * @return what it is then
	 */
	@Transactional
	ExtensionListing change(long id, IfMatch seen, RestrictionEdit edit) {
		var one = Where.of("e.id = ?", id);
		// what edits many locks its rows first, too, and the PBX after them
		this.jdbc.queryForList("select e.id from extension e where e.id = ? for update", Long.class, id);
		seen.require(revision(find(id)));
		if (!edit.equals(RestrictionEdit.NOTHING)) {
			this.extensions.edit(this.extensions.seen().and(one), edit, "", this.extensions.author(), (_) -> {
			});
		}
		return find(id);
	}

	/**
	 * Another number for everything that can change about it: no column counts its
	 * changes, of which there are a million in one statement.
	 */
	static long revision(ExtensionListing extension) {
		return extension.restrictions().code() | (extension.present() ? 1L << 20 : 0)
				| (extension.unapplied() ? 1L << 21 : 0) | (extension.name().hashCode() & 0xffff_ffffL) << 22;
	}

}
