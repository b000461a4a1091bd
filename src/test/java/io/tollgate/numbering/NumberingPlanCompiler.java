package io.tollgate.numbering;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneMetadata;
import com.google.i18n.phonenumbers.Phonemetadata.PhoneNumberDesc;
import com.google.i18n.phonenumbers.ShortNumbersRegionCodeSet;
import com.google.i18n.phonenumbers.metadata.DefaultMetadataDependenciesProvider;
import com.google.i18n.phonenumbers.metadata.source.RegionMetadataSource;

/**
 * Compiles libphonenumber's metadata into the table that {@link NumberingPlan} reads:
 * libphonenumber itself takes too long to start with, and too much memory, for what is
 * asked of it. Run {@link #main} after raising libphonenumber; the tests say when the
 * table is out of date.
 */
final class NumberingPlanCompiler {

	static final Path TABLE = Path.of("src/main/resources/numbering/numbering-plans.tsv");

	/**
	 * Where the metadata has only a regular expression of several codes: the one that is
	 * meant by default, reviewed by hand. Brazil's 00 is followed by a carrier's digits
	 * on a public line; a company's trunk takes it without.
	 */
	static final Map<String, String> REVIEWED_DIALING_CODES = Map.ofEntries(Map.entry("BO", "00"),
			Map.entry("BR", "00"), Map.entry("CL", "00"), Map.entry("CO", "009"), Map.entry("ID", "008"),
			Map.entry("IL", "00"), Map.entry("KH", "001"), Map.entry("KP", "00"), Map.entry("KR", "001"),
			Map.entry("PW", "011"), Map.entry("SB", "00"), Map.entry("SG", "001"), Map.entry("TH", "001"),
			Map.entry("TW", "002"), Map.entry("TZ", "000"), Map.entry("UG", "000"));

	/**
	 * National patterns where something other than whole national numbers is dialled too:
	 * Mexican local numbers of seven and eight digits still live on in PBXs.
	 */
	static final Map<String, List<String>> REVIEWED_PATTERNS = Map.of("MX",
			List.of("NXXXXXX", "NXXXXXXX", "NXXXXXXXX", "NXXXXXXXXX"));

	/**
	 * Gabon's 13xx are all listed, a hundred of them: the police, then, and the two
	 * others.
	 */
	static final Map<String, SortedSet<String>> REVIEWED_EMERGENCY_NUMBERS = Map.of("GA",
			new TreeSet<>(List.of("1300", "1730", "18")));

	/**
	 * Up to so many lengths each have a pattern; beyond, one open pattern stands for all.
	 */
	private static final int FIXED_LENGTHS = 4;

	private static final int LONGEST_EMERGENCY_NUMBER = 6;

	private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();

	private final RegionMetadataSource shortNumbers = DefaultMetadataDependenciesProvider.getInstance()
		.getShortNumberMetadataSource();

	public static void main(String[] args) throws IOException {
		NumberingPlanCompiler compiler = new NumberingPlanCompiler();
		StringBuilder table = new StringBuilder(
				"""
						# How each country dials. Compiled from libphonenumber by NumberingPlanCompiler (test sources); do not edit.
						# country	calling code	dialing code	emergency numbers	national dial patterns	national prefix
						""");
		compiler.rows().forEach((row) -> table.append(row).append('\n'));
		Files.writeString(TABLE, table);
	}

	List<String> rows() {
		return new TreeSet<>(this.numbers.getSupportedRegions()).stream().map(this::row).toList();
	}

	private String row(String iso) {
		PhoneMetadata metadata = metadata(iso);
		return String.join("\t", iso, String.valueOf(metadata.getCountryCode()), dialingCode(iso),
				String.join(",", emergencyNumbers(iso)), String.join(" ", patterns(iso, metadata)),
				nationalPrefix(metadata));
	}

	/** {@code -} for none; a longer one is no beginning that a PBX could look up. */
	private static String nationalPrefix(PhoneMetadata metadata) {
		return metadata.getNationalPrefix().matches("[0-9]{1,2}") ? metadata.getNationalPrefix() : "-";
	}

	String dialingCode(String iso) {
		PhoneMetadata metadata = metadata(iso);
		if (REVIEWED_DIALING_CODES.containsKey(iso)) {
			return REVIEWED_DIALING_CODES.get(iso);
		}
		// a ~ in it is where a second dial tone is waited for
		String preferred = metadata.hasPreferredInternationalPrefix()
				? metadata.getPreferredInternationalPrefix().replace("~", "") : metadata.getInternationalPrefix();
		if (!preferred.matches("[0-9]+")) {
			throw new IllegalStateException("review the dialing code of " + iso + ": " + preferred);
		}
		return preferred;
	}

	/** All short numbers that are emergency numbers; 112 and 911 where none is known. */
	SortedSet<String> emergencyNumbers(String iso) {
		if (REVIEWED_EMERGENCY_NUMBERS.containsKey(iso)) {
			return REVIEWED_EMERGENCY_NUMBERS.get(iso);
		}
		SortedSet<String> found = new TreeSet<>();
		if (ShortNumbersRegionCodeSet.getRegionCodeSet().contains(iso)) {
			PhoneNumberDesc emergency = this.shortNumbers.getMetadataForRegion(iso).getEmergency();
			collect(Pattern.compile(emergency.getNationalNumberPattern()), "", found);
		}
		return found.isEmpty() ? new TreeSet<>(List.of("112", "911")) : found;
	}

	/**
	 * All numbers that a pattern matches: as long as more digits could match, tries them.
	 */
	private static void collect(Pattern pattern, String beginning, SortedSet<String> found) {
		for (char digit = '0'; digit <= '9' && beginning.length() < LONGEST_EMERGENCY_NUMBER; digit++) {
			Matcher matcher = pattern.matcher(beginning + digit);
			if (matcher.matches()) {
				found.add(beginning + digit);
			}
			if (matcher.matches() || matcher.hitEnd()) {
				collect(pattern, beginning + digit, found);
			}
		}
	}

	private List<String> patterns(String iso, PhoneMetadata metadata) {
		if (metadata.getCountryCode() == 1) {
			return List.of("NXXNXXXXXX", "1NXXNXXXXXX");
		}
		if (REVIEWED_PATTERNS.containsKey(iso)) {
			return REVIEWED_PATTERNS.get(iso);
		}
		SortedMap<Integer, SortedSet<Character>> firstDigits = new TreeMap<>();
		for (PhoneNumberDesc kind : ordinaryKinds(metadata)) {
			// a kind without lengths of its own has those of all kinds together
			List<Integer> lengths = (kind.getPossibleLengthCount() > 0) ? kind.getPossibleLengthList()
					: metadata.getGeneralDesc().getPossibleLengthList();
			for (int length : lengths) {
				firstDigits.computeIfAbsent(length, (any) -> new TreeSet<>()).addAll(firstDigits(kind));
			}
		}
		return patterns(metadata, firstDigits);
	}

	private List<String> patterns(PhoneMetadata metadata, SortedMap<Integer, SortedSet<Character>> firstDigits) {
		String trunkPrefix = metadata.getNationalPrefix();
		if (firstDigits.size() > FIXED_LENGTHS) {
			SortedSet<Character> all = firstDigits.values()
				.stream()
				.flatMap(SortedSet::stream)
				.collect(Collectors.toCollection(TreeSet::new));
			List<String> open = patterns(trunkPrefix, all, firstDigits.firstKey(), "!");
			if (open.stream().noneMatch(NumberingPlanCompiler::catchesAll)) {
				return open;
			}
		}
		return firstDigits.entrySet()
			.stream()
			.flatMap((entry) -> patterns(trunkPrefix, entry.getValue(), entry.getKey(), "").stream())
			.toList();
	}

	private static boolean catchesAll(String pattern) {
		return DialPattern.ofExtension("_" + pattern).catchesAll();
	}

	/**
	 * Where national numbers themselves start with 0, that is dialled without a trunk
	 * prefix (Italy); 00 stays the way out of the country.
	 */
	private static List<String> patterns(String trunkPrefix, SortedSet<Character> digits, int length, String end) {
		List<String> patterns = new ArrayList<>();
		SortedSet<Character> others = new TreeSet<>(digits);
		if (others.remove('0') && trunkPrefix.isEmpty()) {
			patterns.add("0Z" + "X".repeat(length - 2) + end);
		}
		if (!others.isEmpty()) {
			patterns.add(trunkPrefix + symbol(others) + "X".repeat(length - 1) + end);
		}
		return patterns;
	}

	/** Not premium rate: who wants it adds it. */
	private static List<PhoneNumberDesc> ordinaryKinds(PhoneMetadata metadata) {
		return Stream
			.of(metadata.getFixedLine(), metadata.getMobile(), metadata.getTollFree(), metadata.getSharedCost(),
					metadata.getVoip(), metadata.getUan())
			.filter(PhoneNumberDesc::hasNationalNumberPattern)
			.toList();
	}

	/** The digits that a number of the kind can start with. */
	private static SortedSet<Character> firstDigits(PhoneNumberDesc kind) {
		Pattern pattern = Pattern.compile(kind.getNationalNumberPattern());
		SortedSet<Character> digits = new TreeSet<>();
		for (char digit = '0'; digit <= '9'; digit++) {
			Matcher matcher = pattern.matcher(String.valueOf(digit));
			if (matcher.matches() || matcher.hitEnd()) {
				digits.add(digit);
			}
		}
		return digits;
	}

	private static String symbol(SortedSet<Character> digits) {
		String text = digits.stream().map(String::valueOf).collect(Collectors.joining());
		return switch (text) {
			case "23456789" -> "N";
			case "123456789" -> "Z";
			case "0123456789" -> "X";
			default -> (text.length() == 1) ? text : "[" + ranges(text) + "]";
		};
	}

	private static String ranges(String digits) {
		StringBuilder out = new StringBuilder();
		for (int start = 0, end; start < digits.length(); start = end) {
			end = start + 1;
			while (end < digits.length() && digits.charAt(end) == digits.charAt(end - 1) + 1) {
				end++;
			}
			out.append((end - start > 2) ? digits.charAt(start) + "-" + digits.charAt(end - 1)
					: digits.substring(start, end));
		}
		return out.toString();
	}

	PhoneMetadata metadata(String iso) {
		try {
			Method method = PhoneNumberUtil.class.getDeclaredMethod("getMetadataForRegion", String.class);
			method.setAccessible(true);
			return (PhoneMetadata) method.invoke(this.numbers, iso);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
