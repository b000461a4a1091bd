package io.tollgate.keys;

import java.nio.file.Path;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class KeyFileConfiguration {

	@Bean
	KeyFile keyFile(@Value("${tollgate.key-file}") Path file, @Value("${tollgate.data-dir}") Path data) {
		return new KeyFile(file, data);
	}

}
