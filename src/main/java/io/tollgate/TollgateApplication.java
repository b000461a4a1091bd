package io.tollgate;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import io.tollgate.command.Commands;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulithic;

/**
 * The portal, or one of its commands: {@code java -jar tollgate.jar --help}.
 * {@code docs/adr} says why it is built this way.
 */
@Modulithic(systemName = "Tollgate")
@SpringBootApplication
public class TollgateApplication {

	public static void main(String[] args) {
		if (Commands.isAskedFor(args)) {
			var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
			var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
			System.exit(new Commands(out, err).run(args));
		}
		SpringApplication.run(TollgateApplication.class, args);
	}

}
