package io.tollgate.connector;

import java.util.function.Consumer;

/**
 * One kind of PBX. The verbs are those of commit-confirmed: open, load, compare, commit,
 * then confirm or roll back; as types, so that confirming before committing does not
 * compile.
 */
public interface Connector {

	/** What this kind of PBX can do by itself. */
	Capabilities capabilities();

	/**
	 * Tries everything that a later apply needs and changes nothing that is in force.
	 * Never throws for what a PBX or a network can do.
	 */
	ConnectionReport test(Target target);

	/**
	 * Signs in.
	 * @throws ConnectorException when the PBX cannot be reached, refuses, or speaks
	 * nonsense
	 */
	Session open(Target target);

	/**
	 * Signs in on a line of its own, to hear of calls that the PBX blocks from now on.
	 * What is blocked while there is no line is told to nobody.
	 * @param heard called by one thread; the line stands still for as long as it takes
	 * @throws ConnectorException when the PBX cannot be reached, refuses, or speaks
	 * nonsense
	 */
	Listening listen(Target target, Consumer<BlockedCall> heard);

}
