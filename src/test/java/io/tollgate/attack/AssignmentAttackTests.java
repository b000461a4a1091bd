package io.tollgate.attack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.tollgate.attack.Site.Form;
import io.tollgate.support.Http;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends each form with every property of every entity besides: it changes what it would
 * have changed.
 */
@AttackTest
class AssignmentAttackTests {

	@Autowired
	AttackedPortal portal;

	@Autowired
	EntityManagerFactory entities;

	@Autowired
	RequestMappingHandlerMapping requestMappingHandlerMapping;

	private Http http;

	@BeforeEach
	void signIn() {
		this.http = this.portal.ready().administrator();
	}

	/** What nobody sends by a form, as somebody would who has read the source. */
	private Map<String, String> properties() {
		var all = new TreeMap<String, String>();
		for (var type : this.entities.getMetamodel().getManagedTypes()) {
			for (var attribute : type.getAttributes()) {
				all.put(attribute.getName(), value(attribute.getJavaType()));
			}
		}
		all.putAll(Map.of("id", "424242", "role", "ADMINISTRATOR", "enabled", "false", "passwordHash", "{noop}424242",
				"account.role", "ADMINISTRATOR", "class.module.classLoader.x", "424242", "policyId", "424242"));
		assertThat(all).hasSizeGreaterThan(60).containsKeys("revision", "createdAt");
		return all;
	}

	private static String value(Class<?> type) {
		if (type == boolean.class || type == Boolean.class) {
			return "true";
		}
		return type.isEnum() ? type.getEnumConstants()[type.getEnumConstants().length - 1].toString() : "424242";
	}

	@Test
	void formsBindToNoEntity() {
		for (var handler : this.requestMappingHandlerMapping.getHandlerMethods().values()) {
			for (var parameter : handler.getMethodParameters()) {
				var type = parameter.getParameterType();
				assertThat(type.isAnnotationPresent(Entity.class) || type.isAnnotationPresent(Embeddable.class))
					.as("%s of %s", type, handler)
					.isFalse();
			}
		}
	}

	@Test
	void nothingUnlistedChanges() {
		var properties = properties();
		var forms = this.portal.walk(this.http).forms();
		assertThat(forms).hasSizeGreaterThan(30);
		for (var form : forms) {
			if (!form.destroys()) {
				attack(form, properties);
			}
		}
	}

	private void attack(Form form, Map<String, String> properties) {
		var listed = new TreeSet<>(form.fields().keySet());
		listed.addAll(form.parameters());
		listed.addAll(handled(form));
		form.buttons().forEach((button) -> listed.add(button.getKey()));
		var unlisted = new LinkedHashMap<>(properties);
		unlisted.keySet().removeAll(listed);
		var before = Tables.of(this.portal.jdbc());
		this.http.post(form.action(), usual(form));
		var between = Tables.of(this.portal.jdbc());
		var usual = before.changed(between);
		var attack = usual(form);
		attack.putAll(unlisted);
		var answer = this.http.post(form.action(), attack);
		var after = Tables.of(this.portal.jdbc());
		assertThat(answer.statusCode()).as(form.toString()).isLessThan(500);
		// pressed again, it may replace what it made at first
		assertThat(between.changed(after)).as(form.toString())
			.allMatch((change) -> usual.contains(change) || usual.contains("+" + change.replaceFirst("\\..*", "")));
		assertThat(between.fresh(after)).as(form.toString()).noneMatch((row) -> row.contains("424242"));
	}

	private LinkedHashMap<String, String> usual(Form form) {
		var usual = new LinkedHashMap<>(this.portal.usual(form.fields()));
		if (!form.buttons().isEmpty()) {
			usual.put(form.buttons().getLast().getKey(), form.buttons().getLast().getValue());
		}
		return usual;
	}

	/** What the handler itself names, also for what only htmx sends. */
	private Set<String> handled(Form form) {
		var names = new TreeSet<String>();
		for (var mapping : this.requestMappingHandlerMapping.getHandlerMethods().entrySet()) {
			boolean posts = mapping.getKey().getMethodsCondition().getMethods().toString().contains("POST");
			if (posts && mapping.getKey()
				.getPatternValues()
				.stream()
				.anyMatch((pattern) -> form.path().matches(expression(pattern)))) {
				names.addAll(parameters(mapping.getValue()));
			}
		}
		return names;
	}

	private static String expression(String pattern) {
		return pattern.replaceAll("\\{[^/}]*:[^}]*}|\\{[^}]*}", "[^/]+");
	}

	private static List<String> parameters(HandlerMethod handler) {
		var names = new ArrayList<String>();
		for (var parameter : handler.getMethod().getParameters()) {
			names.add(parameter.getName());
			var components = parameter.getType().getRecordComponents();
			for (var component : (components != null) ? List.of(components)
					: List.<java.lang.reflect.RecordComponent>of()) {
				names.add(component.getName());
			}
		}
		return names;
	}

}
