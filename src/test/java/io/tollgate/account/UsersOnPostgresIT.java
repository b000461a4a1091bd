package io.tollgate.account;

import io.tollgate.support.RealPostgres;

import org.springframework.context.annotation.Import;

/** The same on the other database: locks and sessions are its own. */
@Import(RealPostgres.class)
class UsersOnPostgresIT extends UsersTests {

}
