package io.tollgate.numbering;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.tollgate.numbering.CallingCodeEntry.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallingCodesTests {

	private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();

	@Test
	void hasEveryCodeThatIsAssigned() {
		Set<String> codes = CallingCodes.all()
			.stream()
			.filter((entry) -> entry.kind() != Kind.TERRITORY)
			.map(CallingCodeEntry::code)
			.collect(Collectors.toSet());
		assertThat(codes).isEqualTo(
				this.numbers.getSupportedCallingCodes().stream().map(String::valueOf).collect(Collectors.toSet()));
		assertThat(CallingCodes.all()).hasSize(242);
	}

	@Test
	void namesEveryPlaceOfACode() {
		for (CallingCodeEntry entry : CallingCodes.all()) {
			List<String> regions = this.numbers.getRegionCodesForCountryCode(Integer.parseInt(entry.code()));
			switch (entry.kind()) {
				case NON_GEOGRAPHIC -> assertThat(regions).containsExactly("001");
				case COUNTRY ->
					assertThat(entry.regions()).isEqualTo(entry.code().equals("1") ? List.of("US", "CA") : regions);
				case TERRITORY -> assertThat(regions).isEmpty();
			}
		}
	}

	@Test
	void hasATerritoryForEveryOtherPlaceInsideOne() {
		List<CallingCodeEntry> territories = CallingCodes.all()
			.stream()
			.filter((entry) -> entry.kind() == Kind.TERRITORY)
			.toList();
		Set<String> places = new HashSet<>(this.numbers.getRegionCodesForCountryCode(1));
		places.removeAll(Set.of("US", "CA"));
		assertThat(territories).hasSize(27);
		assertThat(territories).flatExtracting(CallingCodeEntry::regions).hasSameElementsAs(places);
		assertThat(territories).allSatisfy((entry) -> assertThat(entry.regions())
			.containsExactly(regionByAreaCode(entry.code().substring(1), places)));
	}

	/** Trying more than one number: an area code is not all in use. */
	private String regionByAreaCode(String areaCode, Set<String> places) {
		return IntStream.range(200, 1000)
			.mapToObj((exchange) -> new PhoneNumber().setCountryCode(1)
				.setNationalNumber(Long.parseLong(areaCode + exchange + "1234")))
			.map(this.numbers::getRegionCodeForNumber)
			.filter(places::contains)
			.findFirst()
			.orElse("none");
	}

	@Test
	void findsTheLongestCode() {
		assertThat(CallingCodes.longestMatch("12425551234")).map(CallingCodeEntry::code).hasValue("1242");
		assertThat(CallingCodes.longestMatch("12125551234")).map(CallingCodeEntry::code).hasValue("1");
		assertThat(CallingCodes.longestMatch("541938384")).map(CallingCodeEntry::code).hasValue("54");
		assertThat(CallingCodes.longestMatch("5")).isEmpty();
		assertThat(CallingCodes.longestMatch("999123")).isEmpty();
		assertThat(CallingCodes.longestMatch("")).isEmpty();
		assertThat(CallingCodes.find("1658")).map(CallingCodeEntry::regions).hasValue(List.of("JM"));
	}

	@Test
	void saysWhereItIs() {
		assertThat(CallingCodes.all())
			.allMatch((entry) -> (entry.region() == WorldRegion.GLOBAL) == (entry.kind() == Kind.NON_GEOGRAPHIC));
	}

}
