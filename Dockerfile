# syntax=docker/dockerfile:1
# Builds the service from source and starts it from prepared parts and a class cache.
#   docker build --build-arg COMMIT="$(git rev-parse HEAD)" -t vboard .
#   docker run --rm -p 127.0.0.1:8080:8080 --read-only --tmpfs /tmp vboard
# Every setting is an environment variable in Spring Boot's form (VBOARD_LIMITS_BOARDS,
# SERVER_PORT); JVM flags go into JAVA_TOOL_OPTIONS.

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml .
COPY openapi openapi
COPY src/main src/main
# The context carries no git history, so the commit is told from outside.
ARG COMMIT=""
RUN if [ -n "$COMMIT" ]; then \
      printf 'git.commit.id.full=%s\ngit.commit.id.abbrev=%.7s\n' "$COMMIT" "$COMMIT" \
        > src/main/resources/git.properties; \
    fi
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dmaven.test.skip=true package \
    && java -Djarmode=tools -jar target/vboard.jar extract --layers --destination layers \
    && bash src/main/image/prepare.sh layers/application/vboard.jar layers/dependencies/lib \
      dev.vboard.VboardApplication

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="vboard" \
      org.opencontainers.image.description="Simulated Arm boards with Xen's suspend model" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
# What changes least comes first, so that an update moves only the last layers.
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# One start with one answer teaches the JVM what to keep ready for all others.
RUN --mount=type=bind,source=src/main/image,target=/image \
    bash /image/learn.sh vboard.aot vboard.jar /api/v1
USER 10001:10001
# Inside a container loopback would reach nobody; who may come in is decided by what is published.
ENV SERVER_ADDRESS=0.0.0.0 \
    SERVER_PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$SERVER_PORT && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-XX:AOTCache=vboard.aot", "-XX:MaxRAMPercentage=75", "-Dspring.aot.enabled=true", "-jar", "vboard.jar"]
