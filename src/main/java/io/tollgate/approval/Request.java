package io.tollgate.approval;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Something that waits for a second person.
 *
 * @param kind which {@link Approvable} carries it out
 * @param askedBy who asked, as the audit log names them
 * @param account username of who answers for that: a token's maker, or the same
 * @param reason why, 1-500 characters
 * @param subject what it is about, in a few words: names of PBXs
 * @param words what becomes different, a line each
 * @param content what it is, as its {@link Approvable} wrote it
 * @param administrator whether only an administrator may agree
 * @param pbxs the PBXs that it concerns; empty for the whole installation
 */
public record Request(long id, String kind, Instant askedAt, String askedBy, String account, String reason,
		String subject, List<String> words, String content, boolean administrator, Set<Long> pbxs) {

	public Request {
		words = List.copyOf(words);
		pbxs = Set.copyOf(pbxs);
	}

}
