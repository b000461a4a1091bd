package io.tollgate.approval;

import org.jspecify.annotations.Nullable;

/**
 * A second person's word.
 *
 * @param by username
 * @param remark why, {@code null} for nothing said
 */
public record Approval(String by, @Nullable String remark) {

}
