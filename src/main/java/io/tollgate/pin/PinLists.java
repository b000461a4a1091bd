package io.tollgate.pin;

import java.util.SortedMap;
import java.util.TreeMap;

import org.springframework.stereotype.Service;

/** The PIN lists of the company, for the routes of all PBXs. */
@Service
public class PinLists {

	/** All of them by key. */
	public SortedMap<String, PinList> all() {
		return new TreeMap<>();
	}

}
