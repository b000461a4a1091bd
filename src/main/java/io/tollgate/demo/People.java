package io.tollgate.demo;

import java.util.List;

/** Names of people who do not exist. */
final class People {

	private static final List<String> GIVEN = List.of("María", "José", "Guadalupe", "Juan", "Fernanda", "Luis",
			"Alejandra", "Carlos", "Sofía", "Miguel", "Ximena", "Jorge", "Daniela", "Ricardo", "Valeria", "Eduardo",
			"Mariana", "Raúl", "Gabriela", "Héctor", "Lucía", "Óscar", "Renata", "Iván", "Paola", "Sergio", "Regina",
			"Andrés", "Itzel", "Emiliano", "Verónica");

	private static final List<String> FAMILY = List.of("Hernández", "García", "Martínez", "López", "González",
			"Rodríguez", "Pérez", "Sánchez", "Ramírez", "Cruz", "Flores", "Gómez", "Morales", "Vázquez", "Jiménez",
			"Reyes", "Torres", "Díaz", "Gutiérrez", "Mendoza", "Ruiz", "Aguilar", "Ortiz", "Castillo", "Moreno",
			"Romero", "Álvarez", "Chávez", "Rivera", "Juárez", "Domínguez", "Treviño", "Garza", "Zúñiga", "Ibáñez",
			"Núñez", "Salinas");

	private People() {
	}

	/**
	 * Always the same name for the same number, and another one for each of any 1,147
	 * numbers in a row: the lists' lengths, 31 and 37, have no divisor in common.
	 */
	static String name(int number) {
		return GIVEN.get(number % GIVEN.size()) + " " + FAMILY.get(number % FAMILY.size());
	}

}
