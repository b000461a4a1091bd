package io.tollgate.policyfile;

import org.springframework.context.MessageSourceResolvable;

/**
 * What is wrong with a file.
 *
 * @param path the part that is, a JSON pointer; empty for all of it
 * @param line where it stands, counted from 1
 * @param what to say about it
 */
record Fault(String path, int line, MessageSourceResolvable what) {
}
