package io.tollgate.audit;

/**
 * Which events whoever acts may see: those of the PBXs that they see. Answered by the
 * module that knows the PBXs.
 */
public interface VisibleEvents {

	/** Whether whoever acts does not see all. */
	boolean limited();

	/**
	 * A condition on a column that holds ids of PBXs, {@code true} for who sees all.
	 * @param column {@code pbx_id}
	 */
	String sql(String column);

}
