package io.tollgate.policy;

import java.util.Set;
import java.util.TreeSet;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ColumnResult;
import jakarta.persistence.ConstructorResult;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.SqlResultSetMapping;
import org.jspecify.annotations.NullUnmarked;

/**
 * A dialing policy as it is stored. Only written under the row's lock, so that its
 * revision needs no version check.
 */
@Entity
@SqlResultSetMapping(name = Policy.ENTRIES,
		classes = @ConstructorResult(targetClass = StoredPolicies.Entry.class,
				columns = { @ColumnResult(name = "policy_id", type = long.class),
						@ColumnResult(name = "kind", type = String.class),
						@ColumnResult(name = "entry", type = String.class) }))
@NullUnmarked
class Policy {

	static final String ENTRIES = "Policy.entries";

	@Id
	@GeneratedValue(strategy = GenerationType.IDENTITY)
	private Long id;

	private String name;

	private String homeCountry;

	private boolean protectionEnabled;

	private String dialingCode;

	private long revision;

	private boolean repairsByItself;

	@ElementCollection
	@CollectionTable(name = "policy_international_prefix", joinColumns = @JoinColumn(name = "policy_id"))
	@Column(name = "prefix")
	private Set<String> internationalPrefixes = new TreeSet<>();

	@ElementCollection
	@CollectionTable(name = "policy_allowed_code", joinColumns = @JoinColumn(name = "policy_id"))
	@Column(name = "calling_code")
	private Set<String> allowedCodes = new TreeSet<>();

	@ElementCollection
	@CollectionTable(name = "policy_emergency_number", joinColumns = @JoinColumn(name = "policy_id"))
	@Column(name = "number")
	private Set<String> emergencyNumbers = new TreeSet<>();

	Policy() {
	}

	Long id() {
		return this.id;
	}

	String name() {
		return this.name;
	}

	long revision() {
		return this.revision;
	}

	PolicyRules rules() {
		return new PolicyRules(this.id, this.name, this.homeCountry, this.protectionEnabled, this.dialingCode,
				new TreeSet<>(this.internationalPrefixes), new TreeSet<>(this.allowedCodes),
				new TreeSet<>(this.emergencyNumbers));
	}

	/** Takes over everything but the identity. */
	void become(PolicyRules rules) {
		this.name = rules.name();
		this.homeCountry = rules.homeCountry();
		this.protectionEnabled = rules.protectionEnabled();
		this.dialingCode = rules.dialingCode();
		become(this.internationalPrefixes, rules.internationalPrefixes());
		become(this.allowedCodes, rules.allowedCodes());
		become(this.emergencyNumbers, rules.emergencyNumbers());
		this.revision++;
	}

	boolean repairsByItself() {
		return this.repairsByItself;
	}

	/** Changes no rule, so the revision stays. */
	void repairByItself(boolean repairs) {
		this.repairsByItself = repairs;
	}

	/** Something changed that belongs to the policy and is stored beside it. */
	void touch() {
		this.revision++;
	}

	/** Touches only the rows that differ. */
	private static void become(Set<String> stored, Set<String> wanted) {
		stored.retainAll(wanted);
		stored.addAll(wanted);
	}

}
