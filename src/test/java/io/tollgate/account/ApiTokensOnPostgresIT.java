package io.tollgate.account;

import io.tollgate.support.RealPostgres;

import org.springframework.context.annotation.Import;

/** The same on the other database, which has times and updates of its own. */
@Import(RealPostgres.class)
class ApiTokensOnPostgresIT extends ApiTokenTests {

}
