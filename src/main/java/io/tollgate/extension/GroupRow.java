package io.tollgate.extension;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.NullUnmarked;

/** A group of extensions as stored. */
@Entity
@Table(name = "extension_group")
@NullUnmarked
class GroupRow {

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	@Column
	private long pbxId;

	private String groupKey;

	private String name;

	@ElementCollection
	@BatchSize(size = 100)
	@CollectionTable(name = "extension_group_member", joinColumns = @JoinColumn(name = "group_id"))
	@Column(name = "number")
	private Set<String> members = new HashSet<>();

	protected GroupRow() {
	}

	GroupRow(long pbxId, String groupKey, ExtensionGroup group) {
		this.pbxId = pbxId;
		this.groupKey = groupKey;
		become(group.name(), group.members());
	}

	Long getId() {
		return this.id;
	}

	long getPbxId() {
		return this.pbxId;
	}

	String getGroupKey() {
		return this.groupKey;
	}

	String getName() {
		return this.name;
	}

	/** Only the rows of members that came or went are written. */
	void become(String newName, SortedSet<String> numbers) {
		this.name = newName;
		this.members.retainAll(numbers);
		this.members.addAll(numbers);
	}

	void rename(String newName) {
		this.name = newName;
	}

	ExtensionGroup toGroup() {
		return new ExtensionGroup(this.name, new TreeSet<>(this.members));
	}

}
