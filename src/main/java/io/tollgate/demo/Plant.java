package io.tollgate.demo;

import java.util.List;
import java.util.stream.IntStream;

import io.tollgate.simulator.SimulatedPbxSpec.Endpoint;

/**
 * A site of the made-up company.
 *
 * @param name of its PBX
 * @param firstNumber its first extension
 * @param extensions how many there are, numbered without a gap
 * @param trunks its lines to carriers; calls leave by the first
 */
record Plant(String name, int firstNumber, int extensions, List<String> trunks) {

	/** The company has its home in Mexico and its customers in Argentina. */
	static final List<Plant> ALL = List.of(
			new Plant("Monterrey plant", 1001, 240, List.of("carrier-main", "carrier-backup")),
			new Plant("Querétaro plant", 2001, 36, List.of("carrier-main")));

	List<Endpoint> endpoints() {
		return IntStream.range(this.firstNumber, this.firstNumber + this.extensions)
			.mapToObj((number) -> new Endpoint(Integer.toString(number), People.name(number)))
			.toList();
	}

	/** The site of that name; the first one when its PBX has been renamed. */
	static Plant named(String name) {
		return ALL.stream().filter((plant) -> plant.name.equals(name)).findFirst().orElse(ALL.getFirst());
	}

}
