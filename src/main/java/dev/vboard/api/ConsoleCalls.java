package dev.vboard.api;

import dev.vboard.api.body.ConsolePage;
import dev.vboard.api.body.Done;
import dev.vboard.api.body.Typed;
import dev.vboard.model.Action;
import dev.vboard.model.ConsoleName;
import dev.vboard.model.Query;
import dev.vboard.runtime.BoardRuntime.Turn;
import dev.vboard.trace.Consoles;

import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The consoles of a board, and what {@code xl} prints in a control domain. */
@Component
class ConsoleCalls implements RouteGroup {
    private static final String CONSOLE = "/console/{port}";
    private static final String PLAIN = "text/plain";

    @Override
    public List<Route> routes() {
        return List.of(
                Route.board("GET", CONSOLE, (Route.OnBoard) ConsoleCalls::read)
                        .with("after")
                        .produces(PLAIN, MediaTypes.JSON),
                Route.board("POST", CONSOLE, (Route.OnBoard) ConsoleCalls::type)
                        .takes(Typed.class)
                        .with("settle"),
                xl("list"),
                xl("vcpu-list"),
                xl("dmesg"),
                xl("log"),
                xl("info"));
    }

    private static Route xl(String command) {
        return Route.board("GET", "/xl/" + command, (Route.OnBoard)
                        (turn, call) -> Reply.text(PLAIN, printed(turn, call, command)))
                .produces(PLAIN);
    }

    private static String printed(Turn turn, Call call, String command) {
        String text = (String) BoardRoutes.ask(turn, call, new Query.Xl(command));
        return switch (command) {
            case "dmesg" -> turn.log().consoles().ring();
            case "log" -> orLineBreak(turn.log().consoles().xl());
            case "info" -> "host                   : " + call.boardId() + "\n" + text;
            default -> text;
        };
    }

    /** A body that is there, also where there is nothing to tell. */
    private static String orLineBreak(String text) {
        return text.isEmpty() ? "\n" : text;
    }

    private static ConsoleName named(Turn turn, Call call) {
        return (ConsoleName) BoardRoutes.ask(turn, call, new Query.Console(call.variable("port")));
    }

    private static Reply read(Turn turn, Call call) {
        ConsoleName name = named(turn, call);
        long after = call.parameters().number("after", 0, Long.MAX_VALUE).orElse(0);
        Consoles consoles = turn.log().consoles();
        Consoles.Piece piece = name.domain()
                ? consoles.domain(name.number(), after)
                : consoles.uart(name.number(), after);
        return call.mediaType().equals(PLAIN)
                ? Reply.text(PLAIN, piece.text())
                : Reply.ok(new ConsolePage(piece.text(), piece.from(), piece.next()));
    }

    private static Reply type(Turn turn, Call call) {
        ConsoleName name = named(turn, call);
        String text = call.body(Typed.class).text();
        if (name.domain()) {
            for (String line : text.lines().toList()) {
                String domain = Integer.toString(name.number());
                BoardRoutes.act(turn, call, new Action.TypeLine(domain, line));
            }
        } else {
            typeOnWire(turn, call, name.device(), text);
        }
        return Reply.ok(new Done(turn.revision(), turn.nowNanos()));
    }

    /** Byte by byte, so that whoever reads the UART keeps up with it. */
    private static void typeOnWire(Turn turn, Call call, String device, String text) {
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            BoardRoutes.act(turn, call, new Action.TypeByte(device, octet & 0xFF));
        }
    }
}
