package io.tollgate.leak;

import io.tollgate.support.RealPostgres;

import org.springframework.context.annotation.Import;

/** The same on the other database: what every page says is counted by a query. */
@Import(RealPostgres.class)
class LeaksOnPostgresIT extends LeaksTests {

}
