package io.tollgate.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@link TollgateTest} with a real Chromium. Test methods take a {@link Browser}; name
 * the class {@code …IT}. Where Chromium or its driver is missing the class is skipped
 * with the reason; with {@code TOLLGATE_REQUIRE_REAL=true} it fails.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TollgateTest
@ExtendWith(BrowserExtension.class)
public @interface BrowserTest {

}
