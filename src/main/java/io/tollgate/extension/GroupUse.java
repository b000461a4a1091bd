package io.tollgate.extension;

/**
 * Something that names a group of extensions.
 *
 * @param name what it is called
 * @param path where to see it
 */
public record GroupUse(String name, String path) {
}
