package io.tollgate.api;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;

/**
 * How JSON that others send is read: a field that is not known, a number for a text or a
 * name that is there twice is a mistake that its sender wants to hear of, and whatever is
 * larger than any request has to be was not meant well. Only for requests: what the
 * portal itself wrote is read as it is.
 */
@Configuration(proxyBeanMethods = false)
class StrictJson {

	/** Two thousand number restrictions with long notes are a third of that. */
	private static final int LONGEST = 1_000_000;

	private static final int DEEPEST = 32;

	@Bean
	ServerHttpMessageConvertersCustomizer strictRequests(ObjectProvider<JsonMapperBuilderCustomizer> customizers) {
		var constraints = StreamReadConstraints.builder().maxDocumentLength(LONGEST).maxNestingDepth(DEEPEST).build();
		var mapper = JsonMapper.builder(JsonFactory.builder()
			.streamReadConstraints(constraints)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build());
		customizers.orderedStream().forEach((customizer) -> customizer.customize(mapper));
		mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.withCoercionConfig(LogicalType.Textual,
					(text) -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
		var converter = new JacksonJsonHttpMessageConverter(mapper.build());
		return (converters) -> converters.withJsonConverter(converter);
	}

}
