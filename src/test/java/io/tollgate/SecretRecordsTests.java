package io.tollgate;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.tollgate.numbering.CallingCode;
import io.tollgate.simulator.SimulatedPbxSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds a secret does not say it when it is written into a log. */
class SecretRecordsTests {

	private static final Pattern SECRET = Pattern.compile("(?i).*(secret|password|confirmation|token|digits).*");

	private static final String MARKER = "739104682";

	/** Digits that are no secret, and what is not made of anything. */
	private static final Set<Class<?>> OTHERS = Set.of(CallingCode.class, SimulatedPbxSpec.class);

	static Stream<Class<?>> records() {
		var scanner = new ClassPathScanningCandidateComponentProvider(false) {

			@Override
			protected boolean isCandidateComponent(
					org.springframework.beans.factory.annotation.AnnotatedBeanDefinition definition) {
				return true;
			}
		};
		scanner.addIncludeFilter(new AssignableTypeFilter(Record.class));
		return scanner.findCandidateComponents("io.tollgate")
			.stream()
			.map((found) -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
			.filter((type) -> !OTHERS.contains(type) && isOurs(type))
			.filter((type) -> Arrays.stream(type.getRecordComponents()).anyMatch(SecretRecordsTests::isSecret))
			.map((type) -> type);
	}

	private static boolean isOurs(Class<?> type) {
		return type.getProtectionDomain().getCodeSource().getLocation().getPath().endsWith("/classes/");
	}

	/** What is typed before a danger is applied stands on the page for all to read. */
	private static boolean isSecret(RecordComponent component) {
		boolean phrase = component.getName().equals("confirmation")
				&& component.getDeclaringRecord().getPackageName().equals("io.tollgate.apply");
		return component.getType() == String.class && SECRET.matcher(component.getName()).matches() && !phrase;
	}

	@ParameterizedTest
	@MethodSource("records")
	void saysNoSecret(Class<?> type) throws Exception {
		assertThat(make(type).toString()).doesNotContain(MARKER);
	}

	@Test
	void aSimulatedPbxSaysNoSecretEither() {
		assertThat(SimulatedPbxSpec.named("Monterrey", "tollgate", MARKER).toString()).doesNotContain(MARKER);
	}

	private static Object make(Class<?> type) throws ReflectiveOperationException {
		var components = type.getRecordComponents();
		var constructor = type
			.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
		constructor.setAccessible(true);
		var values = new Object[components.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = value(components[i]);
		}
		return constructor.newInstance(values);
	}

	private static Object value(RecordComponent component) throws ReflectiveOperationException {
		var type = component.getType();
		if (isSecret(component)) {
			return MARKER;
		}
		if (type == String.class) {
			return "x";
		}
		if (type == boolean.class || type == Boolean.class) {
			return false;
		}
		if (type == int.class || type == Integer.class) {
			return 1;
		}
		if (type == long.class || type == Long.class) {
			return 1L;
		}
		if (type.isEnum()) {
			return type.getEnumConstants()[0];
		}
		if (type.isRecord() && isOurs(type)) {
			return make(type);
		}
		return Map
			.<Class<?>, Object>of(List.class, List.of(), Map.class, Map.of(), Set.class, Set.of(), SortedMap.class,
					new TreeMap<>(), Optional.class, Optional.empty())
			.get(type);
	}

}
