package io.tollgate.attack;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.tollgate.support.TollgateTest;

import org.springframework.context.annotation.Import;

/**
 * A portal that is attacked, with a PBX that lies. All attacks share it, in whatever
 * order they run: it is nobody else's, so nothing has to be put back.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TollgateTest
@Import({ AttackedPortal.class, BrokenPages.class })
@interface AttackTest {

}
