#!/usr/bin/env bash
# Does ahead of time what Spring would do at each start: it looks which of its parts the
# application has, writes that down as Java, and the classes are put into the jar. A start with
# -Dspring.aot.enabled=true then uses them. Needs a JDK.
#   prepare.sh JAR LIBRARIES MAIN_CLASS
set -euo pipefail

readonly jar=$1 libraries=$2 main=$3
readonly bin="${JAVA_HOME:+$JAVA_HOME/bin/}"
readonly path="$jar:$libraries/*"
work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT
mkdir "$work/out"

# The two last words would name a native image's metadata.
"${bin}java" -cp "$path" org.springframework.boot.SpringApplicationAotProcessor \
  "$main" "$work/sources" "$work/resources" "$work/classes" "${main%.*}" "${main##*.}"
find "$work/sources" -name '*.java' > "$work/list"
"${bin}javac" -proc:none -nowarn -cp "$path" -d "$work/out" "@$work/list"
if [ -d "$work/classes" ]; then cp -r "$work/classes/." "$work/out"; fi
"${bin}jar" --update --file "$jar" -C "$work/out" .
