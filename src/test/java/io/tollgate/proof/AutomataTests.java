package io.tollgate.proof;

import java.time.Duration;

import io.tollgate.numbering.DialPattern;
import io.tollgate.numbering.NumberSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The pool of automata: what each operation says of texts. */
class AutomataTests {

	private final Automata automata = new Automata(new Budget(100_000, Duration.ofSeconds(10)));

	private static NumberSet set(String pattern) {
		return ((DialPattern.Ok) DialPattern.parse(pattern)).pattern().numbers();
	}

	private int of(String pattern, int label) {
		return this.automata.of(set(pattern), label);
	}

	private int says(int automaton, String text) {
		return this.automata.label(this.automata.walk(automaton, text));
	}

	@Test
	void theFirstThatTakesATextIsRight() {
		int both = this.automata.first(of("1900!", 1), of("1NXXNXXXXXX", 2));
		assertThat(says(both, "19002345678")).isEqualTo(1);
		assertThat(says(both, "15032345678")).isEqualTo(2);
		assertThat(says(both, "1900")).isEqualTo(1);
		assertThat(says(both, "150323456789")).isZero();
		int reverse = this.automata.first(of("1NXXNXXXXXX", 2), of("1900!", 1));
		assertThat(says(reverse, "19002345678")).isEqualTo(2);
		assertThat(says(reverse, "190023456789")).isEqualTo(1);
	}

	@Test
	void equalAutomataAreTheSameState() {
		int one = this.automata.first(of("[12]X", 1), of("3X", 1));
		int other = this.automata.first(of("[23]X", 1), of("[13]X", 1));
		assertThat(one).isEqualTo(other).isEqualTo(of("[123]X", 1));
		assertThat(this.automata.except(one, other)).isEqualTo(this.automata.nothing);
		assertThat(this.automata.where(other, one)).isEqualTo(one);
	}

	@Test
	void whereAndExceptDivideAText() {
		int long1 = of("1XXX!", 7);
		int selector = of("1900!", 1);
		int where = this.automata.where(selector, long1);
		int except = this.automata.except(selector, long1);
		assertThat(says(where, "19005")).isEqualTo(7);
		assertThat(says(where, "15005")).isZero();
		assertThat(says(except, "19005")).isZero();
		assertThat(says(except, "15005")).isEqualTo(7);
		assertThat(this.automata.first(where, except)).isEqualTo(long1);
	}

	@Test
	void lengthsCount() {
		int any = of("X!", 1);
		int tenOrMore = this.automata.atLeast(any, 10);
		assertThat(says(tenOrMore, "123456789")).isZero();
		assertThat(says(tenOrMore, "1234567890")).isEqualTo(1);
		int whole = this.automata.lasting(this.automata.first(of("12", 1), of("1XXXXX", 2)), 4);
		assertThat(says(whole, "12")).isEqualTo(1);
		assertThat(says(whole, "123")).isZero();
		assertThat(says(whole, "123456")).isEqualTo(2);
		assertThat(says(whole, "1234567")).isEqualTo(2);
	}

	@Test
	void aBeginningGoesInFrontOfWhatFollows() {
		int behind = this.automata.after("011", of("44X!", 3));
		assertThat(says(behind, "011445")).isEqualTo(3);
		assertThat(says(behind, "445")).isZero();
		assertThat(this.automata.walk(behind, "011")).isEqualTo(of("44X!", 3));
	}

	@Test
	void aPoolThatGrowsTooLargeGivesUp() {
		var small = new Automata(new Budget(50, Duration.ofSeconds(10)));
		assertThatThrownBy(() -> {
			for (int i = 0; i < 100; i++) {
				small.of(NumberSet.of("555" + i), i + 1);
			}
		}).isInstanceOf(Budget.Exceeded.class);
	}

}
