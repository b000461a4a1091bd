package io.tollgate.web;

import io.tollgate.support.RealPostgres;

import org.springframework.context.annotation.Import;

/** The same on the other database: the history is searched and sorted by a query. */
@Import(RealPostgres.class)
class ListPagesOnPostgresIT extends ListPagesTests {

}
