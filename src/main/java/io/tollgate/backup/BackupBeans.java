package io.tollgate.backup;

import io.tollgate.keys.KeyBeans;
import org.springframework.context.annotation.Import;

/**
 * What writing a backup needs; no stereotype, as the portal finds each by itself.
 */
@Import({ KeyBeans.class, BackupWriter.class })
final class BackupBeans {

}
