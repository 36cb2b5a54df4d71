#!/usr/bin/env bash
# Plays a scenario on a live service and compares every answer and event with what the file says:
#
#   examples/run-scenario.sh src/test/resources/scenarios/s05-the-machine-sleeps-and-the-alarm-wakes-it.txt
#   examples/run-scenario.sh FILE qemu-virt        on that board only
#
# Plays it on each board that the file names; profiles that the service lacks are put for as long as
# that takes, from ../profiles beside the file. What a file may say is told in docs/scenarios.md;
# boards.txt and the files that are included lie beside it.
#
# Wants bash and python3, and the service at VBOARD_URL (default http://localhost:8080).
# Ends with a status other than 0 when something is not as expected.
set -euo pipefail

[ $# -ge 1 ] || { echo "usage: $0 FILE [BOARD]" >&2; exit 2; }

exec python3 -c "$(cat <<'PYTHON'
import json, os, re, secrets, sys, urllib.error, urllib.request
from decimal import Decimal

URL = os.environ.get("VBOARD_URL", "http://localhost:8080").rstrip("/")
BOARDS = "/api/v1/boards"
ABSENT = object()
NAME = re.compile(r"\$\{([a-z0-9-]+)}")


class Different(Exception):
    pass


def call(method, path, body="", kind="application/json"):
    request = urllib.request.Request(URL + path, method=method, data=body.encode() if body else None)
    if body:
        request.add_header("Content-Type", kind)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except urllib.error.URLError:
        sys.exit(f"NOT AS EXPECTED: there is no service at {URL}")


def lines(file):
    """The lines of a file with those that continue them: place, whether indented, text."""
    result = []
    with open(file, encoding="utf-8") as source:
        for number, line in enumerate(source.read().splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("    "):
                place, indented, text = result.pop()
                result.append((place, indented, text + " " + line.strip()))
            else:
                place = f"{os.path.basename(file)}:{number}"
                result.append((place, line.startswith("  "), line.strip()))
    return result


def value(text):
    plain = re.fullmatch(r"true|false|0|[1-9][0-9]{0,17}|\[.*]|\{.*}", text)
    return json.loads(text) if plain else text


def rows(file):
    table = [text.split() for _, _, text in lines(file)]
    return {row[0]: {n: value(v) for n, v in zip(table[0][1:], row[1:])} for row in table[1:]}


def steps(file, header):
    """What is done, in order: place, text and what is expected of it; a repeat has steps of its own."""
    result, stack = [], []
    for place, indented, text in lines(file):
        word, _, rest = text.partition(" ")
        if indented:
            result[-1][2].append((place, text))
        elif word in ("scenario:", "flavour:", "boards:"):
            header[word[:-1]] = rest.strip()
        elif word == "include":
            result += steps(os.path.join(os.path.dirname(file), rest.strip()), header)
        elif word == "repeat":
            stack.append((place, result, int(rest)))
            result = []
        elif word == "end":
            inner, (place, result, times) = result, stack.pop()
            result.append((place, times, inner))
        else:
            result.append((place, text, []))
    return result


def shown(json_value):
    return "not there" if json_value is ABSENT else json.dumps(json_value)


def number(text):
    if text.startswith("0x"):
        return Decimal(int(text, 16))
    digits = re.match(r"[0-9.]*", text).group()
    units = {"": 1, "ns": 1, "us": 10**3, "ms": 10**6, "s": 10**9}
    return Decimal(digits) * units[text[len(digits):]]


def holds(word, real):
    if word == "$absent":
        return real is ABSENT
    if word == "$present":
        return real is not ABSENT and real is not None
    _, low, high = word.split(" ")
    text = str(real)
    inside = not isinstance(real, bool) and re.fullmatch(r"[0-9]+|0x[0-9a-f]+", text)
    return bool(inside) and number(low) <= number(text) <= number(high)


def differences(wanted, real, at=""):
    if isinstance(wanted, str) and wanted.startswith("$"):
        same = holds(wanted, real)
    elif isinstance(wanted, dict) and isinstance(real, dict):
        return [d for n in wanted for d in differences(wanted[n], real.get(n, ABSENT), f"{at}/{n}")]
    elif isinstance(wanted, list) and isinstance(real, list) and len(wanted) == len(real):
        return [d for i, w in enumerate(wanted) for d in differences(w, real[i], f"{at}/{i}")]
    else:
        same = type(wanted) is type(real) and wanted == real
    return [] if same else [f"{at}: expected {shown(wanted)}, was {shown(real)}"]


class Player:
    def __init__(self, names, flavour):
        self.names, self.flavour = names, flavour
        self.origin = "scenario-" + secrets.token_hex(6)
        self.board, self.boards, self.seen = self.origin, {self.origin}, {}

    def text(self, text):
        def word(match):
            found = self.names[match.group(1)]
            return found if isinstance(found, str) else json.dumps(found)
        return NAME.sub(word, text)

    def filled(self, node):
        if isinstance(node, str):
            whole = NAME.fullmatch(node)
            return self.names[whole.group(1)] if whole else self.text(node)
        if isinstance(node, list):
            return [self.filled(child) for child in node]
        if isinstance(node, dict):
            return {self.text(name): self.filled(child) for name, child in node.items()}
        return node

    def json(self, text):
        return self.filled(json.loads(text))

    def play(self, todo):
        for place, what, rest in todo:
            if isinstance(what, int):
                for _ in range(what):
                    self.play(rest)
            elif what.startswith("on "):
                name = what[3:].strip()
                self.board = self.origin if name == "origin" else f"{self.origin}-{name}"
            else:
                self.make(place, what, rest)

    def make(self, place, what, expected):
        word, _, rest = what.partition(" ")
        if word == "board":
            body = json.dumps(self.json(rest) | {"id": self.board})
            answer = call("POST", BOARDS, body)
        elif word == "fork":
            copy = f"{self.origin}-{rest.strip()}"
            self.boards.add(copy)
            self.seen[copy] = self.seen.get(self.board, 0)
            answer = call("POST", f"{BOARDS}/{self.board}/fork", json.dumps({"id": copy}))
        else:
            path, _, body = rest.partition(" ")
            body = json.dumps(self.json(body)) if body.strip() else ""
            path = "" if path == "/" else self.text(path)
            answer = call(word, f"{BOARDS}/{self.board}{path}", body)
        events = [] if word in ("GET", "fork") else self.events()
        self.check(place, expected, answer, events)
        if word == "board" and json.loads(answer[1])["flavour"] != self.flavour:
            raise Different(f"{place}: the flavour is not {self.flavour}")

    def events(self):
        found, after, more = [], self.seen.get(self.board, 0), True
        while more:
            query = f"{BOARDS}/{self.board}/events?after={after}&limit=1000"
            page = json.loads(call("GET", query)[1])
            found += page["items"]
            after = found[-1]["seq"] if found else after
            more = page["next"] is not None
        self.seen[self.board] = after
        return found

    def check(self, place, expected, answer, events):
        status, text = answer
        real = json.loads(text) if text else ABSENT
        first, _, wanted = expected[0][1].partition(" ")
        found = [] if int(first) == status else [f"expected {first}, was {status}"]
        found += differences(self.json(wanted), real) if wanted.strip() else []
        found += [f"{e}" for e in events if e["type"] in ("invariant-violated", "quarantined")]
        if found:
            raise Different(f"{expected[0][0]}: " + "\n  ".join(found) + f"\n  {text}")
        passed, unwanted = 0, []
        for where, line in expected[1:]:
            if line.startswith("keep "):
                name, _, pointer = line[5:].partition(" = ")
                self.names[name] = self.at(where, real, self.text(pointer))
            elif line.startswith("no "):
                unwanted.append((where, line[3:]))
            else:
                here = [i for i in range(passed, len(events)) if self.matches(line, events[i])]
                if not here:
                    raise Different(f"{where}: has not happened: {line}")
                self.refuse(unwanted, events[passed:here[0]])
                passed, unwanted = here[0] + 1, []
        self.refuse(unwanted, events[passed:])

    def refuse(self, unwanted, events):
        for where, line in unwanted:
            for event in events:
                if self.matches(line, event):
                    raise Different(f"{where}: has happened: {event}")

    def at(self, where, real, pointer):
        for step in pointer.split("/")[1:]:
            if isinstance(real, list):
                real = real[int(step)]
            elif isinstance(real, dict) and step in real:
                real = real[step]
            else:
                raise Different(f"{where}: there is no {pointer}")
        return real

    def matches(self, line, event):
        word, _, rest = line.partition(" ")
        if word == "event":
            return not differences(self.json(rest), event)
        text, wanted = event.get("text", ""), self.text(rest.strip())
        if word != "console":
            raise Different(f"unknown word {word}")
        if event["type"] != "console":
            return False
        if len(wanted) > 1 and wanted.startswith("/") and wanted.endswith("/"):
            return re.fullmatch(wanted[1:-1], text) is not None
        return not wanted or wanted == text


def bring(profile, folder, brought):
    """Puts a profile that the service lacks, after what it extends; whether it is there now."""
    if call("GET", f"/api/v1/profiles/{profile}")[0] == 200:
        return True
    file = os.path.join(folder, f"{profile}.yaml")
    if not os.path.exists(file):
        return False
    with open(file, encoding="utf-8") as source:
        text = source.read()
    parent = re.search(r"^extends: *(\S+)", text, re.MULTILINE)
    if parent and not bring(parent[1], folder, brought):
        return False
    status, answer = call("PUT", f"/api/v1/profiles/{profile}", text, "application/yaml")
    if status != 201:
        sys.exit(f"NOT AS EXPECTED: the service does not take the profile {profile}: {answer}")
    brought.append(profile)
    return True


def main(file, only=""):
    brought = []
    try:
        return play(file, only, brought)
    finally:
        for profile in reversed(brought):
            call("DELETE", f"/api/v1/profiles/{profile}")


def play(file, only, brought):
    profiles = os.path.join(os.path.dirname(os.path.abspath(file)), "..", "profiles")
    header = {}
    todo = steps(file, header)
    table = rows(os.path.join(os.path.dirname(file), "boards.txt"))
    played = 0
    for board in header["boards"].replace(" ", "").split(","):
        if only and board != only:
            continue
        profile = table[board]["profile"]
        if not bring(profile, profiles, brought):
            print(f"{header['scenario']} on {board}: left out, the service has no profile {profile}")
            continue
        names = table[board] | {"flavour": header["flavour"], "board": board}
        player = Player(names, header["flavour"])
        try:
            player.play(todo)
        except Different as different:
            print(f"{header['scenario']} on {board}: NOT AS EXPECTED: {different}", file=sys.stderr)
            return 1
        finally:
            for name in sorted(player.boards):
                call("DELETE", f"{BOARDS}/{name}")
        print(f"{header['scenario']} on {board}: as expected")
        played += 1
    if not played:
        print("NOT AS EXPECTED: there was no board to play it on", file=sys.stderr)
    return 0 if played else 1


sys.exit(main(*sys.argv[1:3]))
PYTHON
)" "$@"
