/** Asterisk over AMI: generations in AstDB, ordered routes in slot files. */
@NullMarked
package io.tollgate.connector.asterisk;

import org.jspecify.annotations.NullMarked;
