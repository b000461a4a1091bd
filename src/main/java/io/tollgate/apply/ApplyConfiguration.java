package io.tollgate.apply;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Lets the worker look for applies whose portal died. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ApplyConfiguration {

}
