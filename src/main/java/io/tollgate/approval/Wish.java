package io.tollgate.approval;

import java.util.List;
import java.util.Set;

/**
 * What somebody asks a second person for; the fields are those of {@link Request}.
 *
 * @param pbxs the PBXs that it concerns; empty for the whole installation
 */
public record Wish(String kind, String reason, String subject, List<String> words, String content,
		boolean administrator, Set<Long> pbxs) {

}
