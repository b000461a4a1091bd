package io.tollgate.audit;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the trail is kept.
 *
 * @param checkpoints the file of signed checkpoints, outside the database and its backup
 * @param checkpointRows after how many rows at most the next one is written
 * @param checkpointEvery after how long at most, if there is a new row
 * @param verifyEvery how often the whole trail is verified without being asked; zero for
 * never
 */
@ConfigurationProperties("tollgate.audit")
record AuditProperties(Path checkpoints, @DefaultValue("1000") int checkpointRows,
		@DefaultValue("5m") Duration checkpointEvery, @DefaultValue("24h") Duration verifyEvery) {

}
