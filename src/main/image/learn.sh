#!/usr/bin/env bash
# Starts a prepared application once, asks it some questions and stops it. What the JVM learnt meanwhile,
# classes and where the time goes, is kept in a cache for the starts to come.
#   learn.sh CACHE JAR PATH...
set -euo pipefail

readonly cache=$1 jar=$2 port=${LEARN_PORT:-8080}
shift 2

# Whether it answers that path with 200.
answers() {
  { exec 3<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
  head -n 1 <&3 | grep -q ' 200'
}

"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xlog:aot=error -XX:AOTCacheOutput="$cache" \
  -Dspring.aot.enabled=true -jar "$jar" \
  --server.address=127.0.0.1 --server.port="$port" &
readonly pid=$!
trap 'kill "$pid" 2>/dev/null || true' EXIT

for ((tries = 600; ; tries--)); do
  if answers /actuator/health/readiness; then break; fi
  if [ "$tries" -eq 0 ] || ! kill -0 "$pid" 2>/dev/null; then
    echo "$jar does not start" >&2
    exit 1
  fi
  sleep 0.1
done
for path in "$@"; do
  if ! answers "$path"; then
    echo "$jar does not answer $path" >&2
    exit 1
  fi
done

# The cache is written on the way out.
kill "$pid"
wait "$pid" || true
if [ ! -s "$cache" ]; then
  echo "there is no $cache" >&2
  exit 1
fi
