# syntax=docker/dockerfile:1
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY db-migrations db-migrations
COPY frontend-static frontend-static
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -Dmaven.test.skip=true package \
 && java -Djarmode=tools -jar target/tollgate-*.jar extract --layers --destination /out \
 && mv /out/application/tollgate-*.jar /out/application/tollgate.jar

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Tollgate" \
      org.opencontainers.image.description="Decides who may call where on every PBX a company runs" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --system --uid 10001 --home-dir /app tollgate \
 && mkdir -p /app /data /keys && chown tollgate /data /keys && chmod 700 /data /keys
WORKDIR /app
# what changes least first, so that a new version is a small layer
COPY --from=build /out/dependencies/ ./
COPY --from=build /out/spring-boot-loader/ ./
COPY --from=build /out/snapshot-dependencies/ ./
COPY --from=build /out/application/ ./
COPY deploy/bin ./
# the first page then costs a third of the processor time, and a command a third of its time
RUN /app/train-cache

USER tollgate
# the database, unless SPRING_DATASOURCE_URL names another, and beside it what must not lie with it: the key of the PBX
# secrets, and what the audit log is checked against
VOLUME ["/data", "/keys"]
ENV TOLLGATE_DATA_DIR=/data \
    TOLLGATE_KEY_FILE=/keys/secret.key \
    TOLLGATE_AUDIT_CHECKPOINTS=/keys/audit.checkpoints \
    TOLLGATE_DEMO=false \
    TOLLGATE_JAVA_OPTIONS=-XX:MaxRAMPercentage=70
EXPOSE 8080
# Whether starting it again could help: a sealed portal, or one whose database is away, is alive. The image has no curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=6 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && grep -q '^HTTP/1.1 200' <&3"]
ENTRYPOINT ["/app/tollgate"]
