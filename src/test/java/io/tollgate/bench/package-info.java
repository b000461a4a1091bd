/** What the portal costs with a fleet of many PBXs; see {@code scripts/bench-fleet}. */
package io.tollgate.bench;
