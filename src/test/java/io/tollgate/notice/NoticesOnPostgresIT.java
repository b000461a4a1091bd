package io.tollgate.notice;

import io.tollgate.support.RealPostgres;

import org.springframework.context.annotation.Import;

/** The same on the other database, which tells portals apart by its own locks. */
@Import(RealPostgres.class)
class NoticesOnPostgresIT extends NoticeTests {

}
