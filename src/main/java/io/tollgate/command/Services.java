package io.tollgate.command;

import java.io.IOException;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.config.BootstrapMode;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.bind.annotation.ControllerAdvice;

/**
 * What the pages ask, without the pages: entities, repositories, services. No stereotype:
 * the portal must not find it.
 */
@ImportAutoConfiguration({ HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class,
		MessageSourceAutoConfiguration.class })
@EntityScan("io.tollgate")
@EnableJpaRepositories(basePackages = "io.tollgate", bootstrapMode = BootstrapMode.LAZY)
@ComponentScan(basePackages = "io.tollgate", lazyInit = true,
		excludeFilters = {
				@Filter(type = FilterType.REGEX,
						pattern = { "io\\.tollgate\\.[A-Z].*",
								"io\\.tollgate\\.(account|api|demo|simulator|web)\\..*" }),
				@Filter(type = FilterType.ANNOTATION, classes = { Controller.class, ControllerAdvice.class }),
				@Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Lifecycle.class),
				@Filter(type = FilterType.CUSTOM, classes = Services.ByItself.class) })
class Services {

	@Bean
	MeterRegistry meters() {
		return new SimpleMeterRegistry();
	}

	/**
	 * What does something without being asked: a running portal may be beside. And what
	 * is not of the portal itself, as its tests are.
	 */
	static class ByItself implements TypeFilter {

		private static final List<Class<?>> OCCASIONS = List.of(Scheduled.class, EventListener.class,
				TransactionalEventListener.class);

		private final String portal;

		ByItself() throws IOException {
			var own = new ClassPathResource("Services.class", Services.class).getURI().toString();
			this.portal = own.substring(0, own.length() - "io/tollgate/command/Services.class".length());
		}

		@Override
		public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
			return !reader.getResource().getURI().toString().startsWith(this.portal) || OCCASIONS.stream()
				.anyMatch((occasion) -> reader.getAnnotationMetadata().hasAnnotatedMethods(occasion.getName()));
		}

	}

}
