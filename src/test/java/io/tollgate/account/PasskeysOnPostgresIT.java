package io.tollgate.account;

import io.tollgate.support.RealPostgres;

import org.springframework.context.annotation.Import;

/** The same on the other database: the passkeys' tables and locks are its own. */
@Import(RealPostgres.class)
class PasskeysOnPostgresIT extends PasskeyTests {

}
