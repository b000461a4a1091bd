package io.tollgate.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The identity provider that people sign in with, beside or in place of a password.
 *
 * @param issuer its address, {@code https://sso.example.com/realms/plant}; empty for none
 * @param name what the button on the sign-in page calls it
 * @param clientId as whom the portal is known to it
 * @param clientSecret what the portal proves that with
 * @param scopes asked for beside {@code openid}
 * @param roleClaim where in the ID token the values are that roles follow from; dots lead
 * into objects
 * @param roles for each role the values that give it; the highest counts
 * @param groupClaim where the values are that PBX groups follow from
 * @param groups what they lead to; once there is one, who matches none does not get in
 */
@ConfigurationProperties("tollgate.oidc")
record OidcProperties(@DefaultValue("") String issuer, @DefaultValue("single sign-on") String name,
		@DefaultValue("") String clientId, @DefaultValue("") String clientSecret, @DefaultValue( {
				"profile", "email" }) Set<String> scopes,
		@DefaultValue("roles") String roleClaim, @DefaultValue Map<Role, Set<String>> roles,
		@DefaultValue("groups") String groupClaim, @DefaultValue List<GroupRule> groups){

	/** A PBX group of this name means all PBXs. */
	static final String ALL = "*";

	/**
	 * What a value of the group claim leads to.
	 *
	 * @param value as the provider names it
	 * @param pbxGroup as the portal names it
	 */
	record GroupRule(String value, String pbxGroup) {

	}

	boolean enabled() {
		return !this.issuer.isBlank();
	}

	/** The highest role that the claims give. */
	Optional<Role> role(Map<String, Object> claims) {
		var values = values(claims, this.roleClaim);
		return this.roles.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().stream().anyMatch(values::contains))
			.map(Map.Entry::getKey)
			.max(Comparator.naturalOrder());
	}

	/**
	 * The PBX groups that somebody with this role is limited to: none for all PBXs.
	 * Nothing when rules exist and none fits: then no PBX is theirs.
	 */
	Optional<SortedSet<String>> scope(Role role, Map<String, Object> claims) {
		if (role == Role.ADMINISTRATOR || this.groups.isEmpty()) {
			return Optional.of(new TreeSet<>());
		}
		var values = values(claims, this.groupClaim);
		var scope = new TreeSet<String>();
		this.groups.stream()
			.filter((rule) -> values.contains(rule.value()))
			.forEach((rule) -> scope.add(rule.pbxGroup()));
		if (scope.contains(ALL)) {
			return Optional.of(new TreeSet<>());
		}
		return scope.isEmpty() ? Optional.empty() : Optional.of(scope);
	}

	private static List<String> values(Map<String, Object> claims, String path) {
		var found = claims.containsKey(path) ? claims.get(path) : follow(claims, path);
		var values = new ArrayList<String>();
		if (found instanceof Iterable<?> many) {
			many.forEach((value) -> values.add(String.valueOf(value)));
		}
		else if (found instanceof String one) {
			values.add(one);
		}
		return values;
	}

	private static @Nullable Object follow(Map<String, Object> claims, String path) {
		Object place = claims;
		for (var step : path.split("\\.")) {
			place = (place instanceof Map<?, ?> object) ? object.get(step) : null;
		}
		return place;
	}

	/** Leaves the secret out. */
	@Override
	public String toString() {
		return "OidcProperties[" + this.issuer + ", " + this.clientId + "]";
	}

}
