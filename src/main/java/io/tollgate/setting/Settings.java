package io.tollgate.setting;

import java.util.Optional;

import io.tollgate.audit.AuditObject;
import io.tollgate.audit.AuditTrail;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Values by name, never secrets. Names are dotted and begin with the module that obeys
 * them: {@code approval.two-person}. One that was never chosen is not stored.
 */
@Service
@Transactional
public class Settings {

	private final StoredSettings settings;

	private final AuditTrail audit;

	Settings(StoredSettings settings, AuditTrail audit) {
		this.settings = settings;
		this.audit = audit;
	}

	/** What was chosen; empty when nobody has chosen anything. */
	@Transactional(readOnly = true)
	public Optional<String> of(String name) {
		return this.settings.findById(name).map(StoredSetting::chosen);
	}

	/**
	 * Chooses, in the caller's transaction when there is one. Two at once do it one after
	 * the other.
	 * @param label how people know the setting, for the audit log
	 * @param otherwise what holds as long as nobody has chosen
	 * @param value at most 200 characters
	 * @return whether that changed anything
	 */
	public boolean choose(String name, String label, String otherwise, String value) {
		var stored = this.settings.lock(name).orElse(null);
		var before = (stored != null) ? stored.chosen() : otherwise;
		if (before.equals(value)) {
			return false;
		}
		if (stored != null) {
			stored.choose(value);
		}
		else {
			this.settings.saveAndFlush(new StoredSetting(name, value));
		}
		this.audit.record("setting.changed", AuditObject.of("setting", name, label), before, value);
		return true;
	}

}
