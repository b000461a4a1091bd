package io.tollgate.connector.asterisk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a PBX sends: it is read, or refused as a broken line, and what it says of a
 * dialplan is taken apart without an error of ours.
 */
class AmiReplyFuzzTests {

	@FuzzTest(maxDuration = "8s")
	void readsOrRefusesWhateverComes(byte[] bytes) {
		var reader = new AmiReader(new ByteArrayInputStream(bytes));
		var messages = new ArrayList<AmiMessage>();
		try {
			for (var message = reader.message(); message != null; message = reader.message()) {
				messages.add(message);
			}
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageFindingMatch("line too long|too many headers");
		}
		var dialplan = LoadedDialplan.of(messages);
		for (var name : dialplan.names()) {
			assertThat(WaysOut.from(name, List.of(), dialplan)).isNotNull();
			var context = dialplan.context(name);
			if (context != null) {
				OwnContexts.foreign(name, context);
			}
		}
		messages.forEach((message) -> Active.parse(message.get("Val")));
	}

}
