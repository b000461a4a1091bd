package io.tollgate.extension;

import java.util.SortedMap;
import java.util.TreeMap;

import org.springframework.stereotype.Service;

/** The groups of extensions of each PBX. */
@Service
public class Groups {

	/** All of a PBX by key. */
	public SortedMap<String, ExtensionGroup> of(long pbxId) {
		return new TreeMap<>();
	}

}
