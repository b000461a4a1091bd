package io.tollgate.extension;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tollgate.extension.RestrictionEdit.MaxDuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

class ImportFileTests {

	private final List<ImportedRow> rows = new ArrayList<>();

	private ImportFile.Outcome read(byte[] file) throws IOException {
		this.rows.clear();
		return ImportFile.read(new ByteArrayResource(file), "Plant", Map.of("extensión", ImportColumn.NUMBER),
				this.rows::add);
	}

	private ImportFile.Outcome read(String file) throws IOException {
		return read(file.getBytes(StandardCharsets.UTF_8));
	}

	private List<String> problems() {
		return this.rows.stream().map((row) -> row.line() + row.problem()).toList();
	}

	@Test
	void readsWhatFreePbxExports() throws IOException {
		var outcome = read("""
				extension,password,name,voicemail,ringtimer,noanswer,recording,outboundcid,sipname,secret,tech
				1001,,"Ríos, Valentina",novm,0,,,"""
				+ "\"\"\"Sales\"\" <5551001>\",,hunter2,pjsip\n1002,,Diego,default,0,,,,,hunter3,pjsip\n");
		assertThat(outcome).isInstanceOf(ImportFile.Read.class);
		assertThat(((ImportFile.Read) outcome).ignored()).isEqualTo(9);
		assertThat(this.rows).containsExactly(
				new ImportedRow(2, "1001", "Ríos, Valentina", RestrictionEdit.NOTHING, "", ""),
				new ImportedRow(3, "1002", "Diego", RestrictionEdit.NOTHING, "", ""));
		assertThat(this.rows.toString()).doesNotContain("hunter");
	}

	@Test
	void readsWhatYeastarExports() throws IOException {
		read("First Name,Last Name,Email Address,Extension Number,Disallow International Calls,"
				+ "Disallow Outbound Calls,Disallow Outbound Calls outside Business Hours,"
				+ "Max Outbound Call Duration (s)\nAna Paula,Treviño,a@b.mx,1003,0,1,,1800\n"
				+ "Tom,,,1004,1,0,1,0\nGrace,,,1005,,,,follow_system\n");
		assertThat(this.rows).containsExactly(
				new ImportedRow(2, "1003", "Ana Paula Treviño",
						new RestrictionEdit(false, true, null, new MaxDuration(1800)), "", ""),
				new ImportedRow(3, "1004", "Tom", new RestrictionEdit(true, false, true, new MaxDuration(null)), "",
						""),
				new ImportedRow(4, "1005", "Grace", RestrictionEdit.NOTHING, "", ""));
	}

	@Test
	void readsWhatTollgateExportsInSpanishToo() throws IOException {
		read("Extensión,Name,PBX\r\n1001,'=cmd,plant\r\n1002,x,Office\r\n");
		assertThat(this.rows).containsExactly(new ImportedRow(2, "1001", "=cmd", RestrictionEdit.NOTHING, "", ""),
				ImportedRow.bad(3, "1002", "other-pbx", "Office"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "windows-1252" })
	void readsEveryEncodingThatSpreadsheetsWrite(String name) throws IOException {
		var mark = name.equals("UTF-16") || name.equals("windows-1252") ? "" : "\uFEFF";
		read((mark + "extension;name\r\n1001;Ríos “ñ”\r\n").getBytes(Charset.forName(name)));
		assertThat(this.rows).singleElement().extracting(ImportedRow::name).isEqualTo("Ríos “ñ”");
	}

	@Test
	void aBadRowIsSaidAndTheNextIsRead() throws IOException {
		read("extension,name,disallow outbound calls,max outbound call duration (s)\n1001,\"open\n1002,ok\n,x\n"
				+ "=1+1,x\n1002,again\n1003,a,maybe\n1004,a,1,86401\n1005,a,1,2,3\n1006,two \"quotes\n\n1007,\"on two\n"
				+ "lines\",yes\n1008,\"bad\"x,\n1009,last");
		assertThat(problems()).containsExactly("2quotes", "3", "4no-number", "5number", "6twice", "7yes-no",
				"8duration", "9columns", "10quotes", "12", "14quotes", "15");
		assertThat(this.rows.get(9).name()).isEqualTo("on twolines");
		assertThat(this.rows.get(1).name()).isEqualTo("ok");
	}

	@Test
	void whatIsNoSuchFileIsRefusedInWords() throws IOException {
		assertThat(read("")).isEqualTo(ImportFile.Refused.of("empty"));
		assertThat(read("extension,name\n\n ,\n")).isEqualTo(ImportFile.Refused.of("empty"));
		assertThat(read("name,secret\nx,y\n")).isEqualTo(ImportFile.Refused.of("no-number"));
		assertThat(read("extension,Ext.\n1,1\n")).isEqualTo(ImportFile.Refused.of("column-twice", "Ext."));
		assertThat(read("PK\u0003\u0004\u0000\u0000")).isEqualTo(ImportFile.Refused.of("not-text", 1));
		assertThat(read("extension\n" + "1".repeat(70_000))).isEqualTo(ImportFile.Refused.of("not-text", 2));
		assertThat(read("extension\n" + "1\n".repeat(ImportFile.MOST_ROWS + 1)))
			.isEqualTo(ImportFile.Refused.of("too-many", ImportFile.MOST_ROWS));
	}

}
