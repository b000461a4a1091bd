package io.tollgate.account;

import java.util.Set;

import com.webauthn4j.verifier.exception.VerificationException;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Component;

/**
 * The ceremonies of WebAuthn for this portal: bound to its public address, always with
 * user verification, so that a passkey is two factors in one. Made when first asked for,
 * as the port is known only then.
 */
@Component
class PasskeyOperations implements WebAuthnRelyingPartyOperations {

	private final PublicKeyCredentialUserEntityRepository owners;

	private final UserCredentialRepository credentials;

	private final PublicUrl url;

	PasskeyOperations(PublicKeyCredentialUserEntityRepository owners, UserCredentialRepository credentials,
			PublicUrl url) {
		this.owners = owners;
		this.credentials = credentials;
		this.url = url;
	}

	private Webauthn4JRelyingPartyOperations ceremonies() {
		var portal = PublicKeyCredentialRpEntity.builder().id(this.url.host()).name("Tollgate").build();
		var ceremonies = new Webauthn4JRelyingPartyOperations(this.owners, this.credentials, portal,
				Set.of(this.url.origin()));
		ceremonies.setCustomizeCreationOptions(
				(options) -> options.authenticatorSelection(AuthenticatorSelectionCriteria.builder()
					.userVerification(UserVerificationRequirement.REQUIRED)
					.residentKey(ResidentKeyRequirement.REQUIRED)
					.build()));
		ceremonies
			.setCustomizeRequestOptions((options) -> options.userVerification(UserVerificationRequirement.REQUIRED));
		return ceremonies;
	}

	@Override
	public PublicKeyCredentialCreationOptions createPublicKeyCredentialCreationOptions(
			PublicKeyCredentialCreationOptionsRequest request) {
		return ceremonies().createPublicKeyCredentialCreationOptions(request);
	}

	@Override
	public CredentialRecord registerCredential(RelyingPartyRegistrationRequest request) {
		try {
			return ceremonies().registerCredential(request);
		}
		catch (VerificationException | IllegalArgumentException ex) {
			throw new AccessDeniedException("This is no new passkey for this portal", ex);
		}
	}

	@Override
	public PublicKeyCredentialRequestOptions createCredentialRequestOptions(
			PublicKeyCredentialRequestOptionsRequest request) {
		return ceremonies().createCredentialRequestOptions(request);
	}

	@Override
	public PublicKeyCredentialUserEntity authenticate(RelyingPartyAuthenticationRequest request) {
		return ceremonies().authenticate(request);
	}

}
