package io.tollgate.api;

import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Describes the endpoints of a running portal without being a part of it: springdoc lives
 * in a context beside, which sees the portal's beans as its own.
 */
final class OpenApiDescription {

	private static final Pattern SCOPE = Pattern.compile("'SCOPE_([^']+)'");

	private static final Map<String, String> PROBLEMS = new TreeMap<>(
			Map.of("400", "It could not be read.", "401", "No token that works.", "403", "Not with this token.", "404",
					"Not there, or not for this token.", "409", "Not now; ask again later.", "412",
					"It was changed meanwhile.", "422", "It may not be done, so nothing was.", "428",
					"If-Match is missing.", "429", "Too many requests; wait as long as Retry-After says."));

	private OpenApiDescription() {
	}

	/** In OpenAPI 3.1, the same each time. */
	static String of(WebApplicationContext portal) throws JsonProcessingException {
		var json = JsonMapper.builder().build();
		var written = (ObjectNode) json.readTree(written(portal));
		OpenApiSchemas.finish(written);
		return json.writerWithDefaultPrettyPrinter().writeValueAsString(written) + "\n";
	}

	private static String written(WebApplicationContext portal) throws JsonProcessingException {
		try (var beside = new Beside(portal)) {
			beside.refresh();
			var json = beside.getBean(OpenApiWebMvcResource.class)
				.openapiJson(new MockHttpServletRequest(), "/openapi.json", Locale.ENGLISH);
			return new String(json, StandardCharsets.UTF_8);
		}
	}

	private static void describe(OpenAPI api) {
		api.info(new Info().title("Tollgate")
			.version("v1")
			.description("What the pages can do, for scripts: the same rules, refusals and audit log."));
		api.servers(null);
		var components = Objects.requireNonNullElseGet(api.getComponents(), Components::new);
		components.addSecuritySchemes("token",
				new SecurityScheme().type(SecurityScheme.Type.HTTP)
					.scheme("bearer")
					.description("Made under System › API tokens, with scopes."));
		components.addSecuritySchemes("bootstrap",
				new SecurityScheme().type(SecurityScheme.Type.HTTP)
					.scheme("bearer")
					.description("Set where the portal is started; works once, while there is no account."));
		Objects.requireNonNullElseGet(components.getSchemas(), TreeMap::new).remove(SseEmitter.class.getName());
		components.addSchemas("Problem", problem());
		PROBLEMS.forEach((status, words) -> components.addResponses(status,
				new ApiResponse().description(words)
					.content(new Content().addMediaType("application/problem+json",
							new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))))));
		api.components(components);
	}

	private static Schema<?> problem() {
		var wrong = new ObjectSchema();
		wrong.addProperty("path", new StringSchema().description("JSON pointer into the request"));
		wrong.addProperty("message", new StringSchema());
		wrong.addProperty("line", new IntegerSchema().description("Of a file, counted from 1"));
		wrong.setRequired(List.of("path", "message"));
		var problem = new ObjectSchema();
		problem.setDescription("As in RFC 9457, with all that is wrong.");
		problem.addProperty("title", new StringSchema());
		problem.addProperty("status", new IntegerSchema());
		problem.addProperty("detail", new StringSchema());
		problem.addProperty("instance", new StringSchema());
		problem.addProperty("errors", new ArraySchema().items(wrong));
		return problem;
	}

	private static Operation describe(Operation operation, HandlerMethod method) {
		var needs = method.getMethodAnnotation(PreAuthorize.class);
		if (needs != null && needs.value().contains("BOOTSTRAP")) {
			operation.security(List.of(new SecurityRequirement().addList("bootstrap")));
		}
		else if (needs != null) {
			// several scopes of one requirement are all needed
			var scopes = SCOPE.matcher(needs.value()).results().map((scope) -> scope.group(1)).toList();
			operation
				.security(scopes.isEmpty() ? List.of() : List.of(new SecurityRequirement().addList("token", scopes)));
		}
		operation.setOperationId(StringUtils.uncapitalize(method.getBeanType().getSimpleName().replaceAll("Api$", ""))
				+ StringUtils.capitalize(method.getMethod().getName()));
		assertThat(operation.getSummary()).as("@Operation(summary = \"…\") on %s", method).isNotBlank();
		operation.setTags(List.of(method.getBeanType().getPackageName().replaceAll(".*\\.", "")));
		var parameters = Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of());
		var conditions = parameters.stream().filter((parameter) -> "If-Match".equals(parameter.getName())).toList();
		conditions.forEach((parameter) -> parameter.required(true).description("The ETag of what was seen, or *"));
		answers(operation, method, !conditions.isEmpty());
		parameters.stream()
			.filter((parameter) -> "Idempotency-Key".equals(parameter.getName()))
			.forEach((parameter) -> begins(operation, method, parameter));
		return operation;
	}

	/** What ends with the request answers at once; only the others say where to look. */
	private static void begins(Operation operation, HandlerMethod method, Parameter key) {
		key.required(true).description("Another one for each thing to do, the same one to ask again");
		var answers = operation.getResponses();
		answers.put("409", new ApiResponse().$ref("#/components/responses/409"));
		answers.put("412", new ApiResponse().$ref("#/components/responses/412"));
		if (!ResponseEntity.class.isAssignableFrom(method.getMethod().getReturnType())) {
			return;
		}
		var begun = answers.remove("200");
		var place = new Header().description("Where it is looked at").schema(new StringSchema());
		answers.put("201",
				new ApiResponse().description("It has begun.")
					.content(begun.getContent())
					.addHeaderObject("Location", place));
		answers.put("202",
				new ApiResponse().description("It waits for a second person.")
					.content(begun.getContent())
					.addHeaderObject("Location", place));
	}

	private static void answers(Operation operation, HandlerMethod method, boolean conditional) {
		var answers = Objects.requireNonNullElseGet(operation.getResponses(), ApiResponses::new);
		if (ResponseEntity.class.isAssignableFrom(method.getMethod().getReturnType())) {
			answers.values()
				.forEach((answer) -> answer.addHeaderObject("ETag",
						new Header().description("What If-Match wants").schema(new StringSchema())));
		}
		if (method.getMethod().getReturnType() == SseEmitter.class) {
			answers.get("200").getContent().values().forEach((events) -> events.schema(new StringSchema()));
		}
		var mayBe = new TreeSet<>(List.of("400", "401", "403", "429"));
		if (Arrays.stream(method.getMethodParameters())
			.anyMatch((parameter) -> parameter.hasParameterAnnotation(PathVariable.class))) {
			mayBe.add("404");
		}
		if (conditional) {
			mayBe.addAll(List.of("412", "428"));
		}
		if (conditional || operation.getRequestBody() != null) {
			mayBe.add("422");
		}
		mayBe.forEach((status) -> answers.put(status, new ApiResponse().$ref("#/components/responses/" + status)));
		operation.responses(answers);
	}

	/** Has springdoc's beans and, when springdoc asks, all of the portal's. */
	private static final class Beside extends GenericWebApplicationContext {

		private final ApplicationContext portal;

		Beside(WebApplicationContext portal) {
			super(Objects.requireNonNull(portal.getServletContext()));
			this.portal = portal;
			setParent(portal);
			getEnvironment().getPropertySources()
				.addFirst(new MapPropertySource("description", Map.of("springdoc.api-docs.enabled", true)));
			AnnotationConfigUtils.registerAnnotationConfigProcessors(this);
			registerBean(SpringDocConfiguration.class);
			registerBean(SpringDocConfigProperties.class, Beside::properties);
			registerBean(SpringDocWebMvcConfiguration.class);
			registerBean(GlobalOpenApiCustomizer.class, () -> OpenApiDescription::describe);
			registerBean(GlobalOperationCustomizer.class, () -> OpenApiDescription::describe);
		}

		private static SpringDocConfigProperties properties() {
			var properties = new SpringDocConfigProperties();
			properties.setPathsToMatch(List.of("/api/v1/**"));
			properties.setDefaultProducesMediaType("application/json");
			properties.setDefaultFlatParamObject(true);
			properties.setOverrideWithGenericResponse(false);
			properties.setWriterWithOrderByKeys(true);
			// simple names are the same in many modules
			properties.setUseFqn(true);
			return properties;
		}

		@Override
		public <T> Map<String, T> getBeansOfType(Class<T> type) {
			var all = new TreeMap<>(this.portal.getBeansOfType(type));
			all.putAll(super.getBeansOfType(type));
			return all;
		}

		@Override
		public Map<String, Object> getBeansWithAnnotation(Class<? extends Annotation> type) {
			var all = new TreeMap<>(this.portal.getBeansWithAnnotation(type));
			all.putAll(super.getBeansWithAnnotation(type));
			return all;
		}

	}

}
