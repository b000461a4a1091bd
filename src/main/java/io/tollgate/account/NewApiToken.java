package io.tollgate.account;

import java.util.Set;

/**
 * A token that somebody wants.
 *
 * @param name what it is for
 * @param scopes what it may be used for, at least one
 * @param groups the PBX groups that it is limited to, empty for all that its maker sees
 * @param days how long it lives
 */
record NewApiToken(String name, Set<ApiScope> scopes, Set<String> groups, int days) {

}
