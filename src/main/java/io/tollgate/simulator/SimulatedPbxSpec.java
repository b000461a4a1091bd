package io.tollgate.simulator;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a simulated PBX is like when it starts.
 *
 * @param name its system name
 * @param version Asterisk's version, {@code 22.10.1}; one that begins with {@code 16.}
 * also brings that version's habits
 * @param endpoints its phones
 * @param trunks names of the PJSIP endpoints that lead to a carrier
 * @param amiUser the one manager account; its name's case does not matter, as on a real
 * PBX
 * @param secret that account's secret
 * @param rights the account's {@code write} classes; it reads {@code user} events
 * @param files configuration files that are there from the start, by name: at least an
 * {@code extensions.conf}
 * @param refusalDelay how long a wrong secret waits for its answer; 1 s on a real PBX
 */
public record SimulatedPbxSpec(String name, String version, List<Endpoint> endpoints, List<String> trunks,
		String amiUser, String secret, Set<ManagerRight> rights, Map<String, String> files, Duration refusalDelay) {

	/** A dialplan that knows of no guard: phones dial straight to the trunk. */
	public static final String UNGUARDED_DIALPLAN = """
			[general]
			static=yes
			writeprotect=no
			[globals]
			[from-internal]
			exten => _1XXX,1,Dial(PJSIP/${EXTEN},20)
			same => n,Hangup()
			exten => _X.,1,Dial(PJSIP/${EXTEN}@trunk,120)
			same => n,Hangup()
			[from-trunk]
			exten => _X.,1,Dial(PJSIP/1001,20)
			same => n,Hangup()
			""";

	public SimulatedPbxSpec {
		endpoints = List.copyOf(endpoints);
		trunks = List.copyOf(trunks);
		rights = Set.copyOf(rights);
		files = Map.copyOf(files);
		if (!files.containsKey(ConfigFiles.DIALPLAN)) {
			throw new IllegalArgumentException("no " + ConfigFiles.DIALPLAN);
		}
	}

	/**
	 * A recent Asterisk with one trunk, no phones, no guard, and an account that may do
	 * all that the portal asks for.
	 */
	public static SimulatedPbxSpec named(String name, String amiUser, String secret) {
		return new SimulatedPbxSpec(name, "22.10.1", List.of(), List.of("trunk"), amiUser, secret,
				EnumSet.of(ManagerRight.SYSTEM, ManagerRight.REPORTING, ManagerRight.CONFIG, ManagerRight.USER),
				Map.of(ConfigFiles.DIALPLAN, UNGUARDED_DIALPLAN), Duration.ofSeconds(1));
	}

	public SimulatedPbxSpec withVersion(String version) {
		return new SimulatedPbxSpec(this.name, version, this.endpoints, this.trunks, this.amiUser, this.secret,
				this.rights, this.files, this.refusalDelay);
	}

	public SimulatedPbxSpec withEndpoints(List<Endpoint> endpoints) {
		return new SimulatedPbxSpec(this.name, this.version, endpoints, this.trunks, this.amiUser, this.secret,
				this.rights, this.files, this.refusalDelay);
	}

	public SimulatedPbxSpec withTrunks(List<String> trunks) {
		return new SimulatedPbxSpec(this.name, this.version, this.endpoints, trunks, this.amiUser, this.secret,
				this.rights, this.files, this.refusalDelay);
	}

	public SimulatedPbxSpec withRights(Set<ManagerRight> rights) {
		return new SimulatedPbxSpec(this.name, this.version, this.endpoints, this.trunks, this.amiUser, this.secret,
				rights, this.files, this.refusalDelay);
	}

	/** Replaces all files. */
	public SimulatedPbxSpec withFiles(Map<String, String> files) {
		return new SimulatedPbxSpec(this.name, this.version, this.endpoints, this.trunks, this.amiUser, this.secret,
				this.rights, files, this.refusalDelay);
	}

	public SimulatedPbxSpec withRefusalDelay(Duration refusalDelay) {
		return new SimulatedPbxSpec(this.name, this.version, this.endpoints, this.trunks, this.amiUser, this.secret,
				this.rights, this.files, refusalDelay);
	}

	/** Leaves the secret out. */
	@Override
	public String toString() {
		return "SimulatedPbxSpec[" + this.name + ", " + this.version + ", " + this.endpoints.size() + " endpoints]";
	}

	/**
	 * One phone.
	 *
	 * @param number its number, which is also its PJSIP endpoint's name
	 * @param name caller name, empty for none
	 */
	public record Endpoint(String number, String name) {
	}

}
