#!/usr/bin/env bash
# A zcu102 with Xen, Dom0 and two guests. Everybody suspends, and the machine with them. First Dom0's
# alarm clock wakes it and the guests sleep on; then a guest's own line does, and that guest comes
# back, but after Dom0.
#
# Wants bash, curl, grep and sed, and the service at VBOARD_URL (default http://localhost:8080).
# Ends with a status other than 0 when an answer is not as expected.
set -euo pipefail

VBOARD_URL=${VBOARD_URL:-http://localhost:8080}
API=${VBOARD_URL%/}/api/v1/boards
BOARD=example-$$-$RANDOM

RTC=58    # INTID of Dom0's alarm clock
UART1=54  # of guest one's UART
GEM0=90   # of the line with which guest two's network card wakes

answer=
status=

fail() {
  printf '\nNOT AS EXPECTED: %s\n' "$1" >&2
  [ -z "$answer" ] || printf 'The answer was: %s %s\n' "$status" "$answer" >&2
  exit 1
}

clean_up() {
  curl -s -o /dev/null -X DELETE "$API/$BOARD" || true
}
trap clean_up EXIT

# request STATUS METHOD URL [JSON]: makes a request, whose answer must have that status.
request() {
  local wanted=$1 method=$2 url=$3 body=${4:-} reply
  local -a arguments=(-sS --max-time 30 -X "$method" -w '\n%{http_code}')
  [ -z "$body" ] || arguments+=(-H 'Content-Type: application/json' -d "$body")
  local path=${url#"$API/$BOARD"}
  printf '\n%s %s %s\n' "$method" "${path:-/}" "$body"
  answer=
  reply=$(curl "${arguments[@]}" "$url") || fail "there is no service at $VBOARD_URL"
  status=${reply##*$'\n'}
  answer=${reply%$'\n'*}
  [ "$status" = "$wanted" ] || fail "status $wanted"
}

get() { request 200 GET "$API/$BOARD$1"; }
post() { request 200 POST "$API/$BOARD$1" "${2:-}"; }
put() { request 200 PUT "$API/$BOARD$1" "$2"; }

# value NAME: the first field of that name in the answer, as it is written there.
value() {
  grep -oE "\"$1\":(\"[^\"]*\"|\{[^}]*\}|\[[^]]*\]|[^],}]*)" <<<"$answer" |
    sed -n "1s/^\"$1\"://p"
}

# show NAME: shows the field, which must be there.
show() {
  local real
  real=$(value "$1") || fail "a field $1"
  printf '  %-20s %s\n' "$1" "$real"
}

# is NAME VALUE: shows the field and compares it.
is() {
  show "$1"
  [ "$(value "$1")" = "$2" ] || fail "$1 is $2"
}

title() { printf '\n== %s\n' "$1"; }

sleeps() {
  get /domains/"$1"
  is xlState '"-b-ss-"'
  is shutdownReason '"suspend"'
}

machine_is_back() {
  get /host
  is systemState '"ACTIVE"'
  is lastHostStatus 0
  is wakeCause "{\"kind\":\"spi\",\"intid\":$1}"
  get /suspend
  is status 0
  is notRestored '[]'
  get ''
  is state '"RUNNING"'
  is cpus '{"online":4,"total":4}'
  get /domains/0/vcpus/0
  is state '"RUNNING"'
  is pc '"0x80000"'
  is x0 '"0x77"'
}

title 'A board, and two guests with a device each'
request 201 POST "$API" "{\"id\":\"$BOARD\",\"profile\":\"zcu102\",\"dom0\":{\"vcpus\":1}}"
is state '"RUNNING"'
is cpus '{"online":4,"total":4}'
request 201 POST "$API/$BOARD/domains" '{"name":"one","pin":{"0":[1]},"devices":["uart1"]}'
is id 1
is interrupts "[$UART1]"
request 201 POST "$API/$BOARD/domains" '{"name":"two","pin":{"0":[2]},"devices":["gem0"]}'
is id 2
is interrupts "[89,$GEM0]"

title 'Each guest switches its GIC on and enables the interrupt that may wake it'
for domain_and_line in "0 $RTC" "1 $UART1" "2 $GEM0"; do
  read -r domain line <<<"$domain_and_line"
  post /domains/"$domain"/vcpus/0/gic '{"on":true,"pmr":248}'
  is pmr 248
  put /domains/"$domain"/vcpus/0/interrupts/"$line" '{"enabled":true}'
  is enabled true
done

title 'The guests suspend; the machine runs on'
post /domains/1/vcpus/0/psci '{"function":"SYSTEM_SUSPEND","args":["0x40080000","0x55"]}'
is returned false
sleeps 1
post /domains/2/vcpus/0/psci '{"function":"SYSTEM_SUSPEND","args":["0x40080000","0x66"]}'
is returned false
sleeps 2
get ''
is state '"RUNNING"'

title 'Dom0 sets its alarm clock and suspends: the machine goes to sleep'
post /devices/rtc/input '{"alarm":"+60s"}'
is canWake true
post /domains/0/vcpus/0/psci '{"function":"SYSTEM_SUSPEND","args":["0x80000","0x77"]}'
is returned false
get ''
is state '"SUSPENDED"'
is cpus '{"online":1,"total":4}'
get /host
is systemState '"SUSPEND"'
is savedSpiTargets "{\"$UART1\":[1],\"89\":[2],\"$GEM0\":[2]}"
get /cpus/1
is power '"OFF"'
get /gic
is powered false

title 'A minute later: the alarm wakes the machine, and the guests sleep on (S5)'
post /clock '{"advance":"61s"}'
is settled true
machine_is_back $RTC
sleeps 1
sleeps 2

title 'Dom0 takes the alarm and suspends again'
post /domains/0/vcpus/0/interrupts/ack
is intid $RTC
post /domains/0/vcpus/0/mmio '{"address":"0xffa60020","size":4,"write":"0x2"}'
is value '"0x2"'
post /domains/0/vcpus/0/interrupts/eoi "{\"intid\":$RTC}"
post /domains/0/vcpus/0/psci '{"function":"SYSTEM_SUSPEND","args":["0x80000","0x77"]}'
is returned false
get ''
is state '"SUSPENDED"'

title "Guest one's UART wakes the machine: Dom0 first, then guest one (S6)"
post /interrupts "{\"intid\":$UART1}"
is level true
machine_is_back $UART1
get /domains/0
is lastResumeCause '{"kind":"host","intid":null}'
show firstInstructionSeq
dom0_first=$(value firstInstructionSeq)
get /domains/1
is xlState '"r-----"'
is lastResumeCause "{\"kind\":\"interrupt\",\"intid\":$UART1}"
show firstInstructionSeq
[ "$(value firstInstructionSeq)" -gt "$dom0_first" ] || fail 'guest one runs after Dom0'
get /domains/1/vcpus/0
is pc '"0x40080000"'
is x0 '"0x55"'
is irqPending true
post /domains/1/vcpus/0/interrupts/ack
is intid $UART1
sleeps 2

printf '\nAll as expected.\n'
