package io.tollgate.announcement;

import java.util.SortedMap;
import java.util.TreeMap;

import org.springframework.stereotype.Service;

/** The announcements of the company, for the routes of all PBXs. */
@Service
public class Announcements {

	/** All of them by key. */
	public SortedMap<String, Announcement> all() {
		return new TreeMap<>();
	}

}
