package dev.vboard.bench;

import dev.vboard.VboardApplication;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the service costs over HTTP: a PSCI call against a hello-world POST with an answer of the
 * same size in the same server, in turns, and the bulk creation of boards.
 */
public final class HttpBench {
    private static final int CONNECTIONS = 64;
    private static final int ROUNDS = 7;
    private static final double WARM_UP_SECONDS = 20;
    private static final double ROUND_SECONDS = 4;
    private static final int BULK = 10_000;
    private static final int HELD = 50_000;
    private static final String BOARDS = "/api/v1/boards";
    private static final String GUEST_CALL = "/domains/0/vcpus/0/psci";
    private static final String CALL =
            "{\"function\":\"AFFINITY_INFO\",\"args\":[\"0x1\",\"0x0\"]}";

    private HttpBench() {}

    /** Answers every POST with the same text; there only in a benchmark, not in tests. */
    @RestController
    @Profile("bench")
    static class Hello {
        private String answer = "";

        void answer(int length) {
            answer = "\"" + "x".repeat(length - 2) + "\"";
        }

        @PostMapping(path = "/hello", produces = MediaType.APPLICATION_JSON_VALUE)
        String hello(@RequestBody String body) {
            return body.isEmpty() ? "" : answer;
        }
    }

    /** Runs the service on a free port and loads it; arguments are not looked at. */
    public static void main(String[] args) {
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(
                        VboardApplication.class, Hello.class)
                .profiles("bench")
                .properties(
                        "server.port=0", "vboard.limits.boards=200000", "logging.level.root=warn")
                .run()) {
            int port = Integer.parseInt(
                    service.getEnvironment().getRequiredProperty("local.server.port"));
            LoadGenerator load = new LoadGenerator(port);
            compare(load, service.getBean(Hello.class));
            bulk(load);
        }
    }

    private static void compare(LoadGenerator load, Hello hello) {
        for (int i = 0; i < CONNECTIONS; i++) {
            String body = "{\"id\":\"b" + i + "\",\"xen\":{\"flavour\":\"none\"}}";
            load.once(LoadGenerator.post(BOARDS, body));
        }
        byte[] first = psci(0);
        hello.answer(load.once(first));
        byte[] greeting = LoadGenerator.post("/hello", CALL);
        load.perSecond(CONNECTIONS, WARM_UP_SECONDS / 2, HttpBench::psci);
        load.perSecond(CONNECTIONS, WARM_UP_SECONDS / 2, _ -> greeting);
        List<Double> calls = new ArrayList<>();
        List<Double> greetings = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            double call = load.perSecond(CONNECTIONS, ROUND_SECONDS, HttpBench::psci);
            double other = load.perSecond(CONNECTIONS, ROUND_SECONDS, _ -> greeting);
            calls.add(call);
            greetings.add(other);
            ratios.add(call / other);
        }
        print("psci calls a second", calls);
        print("hello-world POSTs a second", greetings);
        print("ratio", ratios);
    }

    private static byte[] psci(int connection) {
        return LoadGenerator.post(BOARDS + "/b" + connection + "/cpus/0/psci", CALL);
    }

    private static void bulk(LoadGenerator load) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < HELD / BULK; i++) {
            String body = "{\"count\":" + BULK + ",\"idPrefix\":\"r" + i + "-\",\"template\":{}}";
            long start = System.nanoTime();
            load.once(LoadGenerator.post(BOARDS + ":bulk", body));
            rates.add(BULK * 1e9 / (System.nanoTime() - start));
        }
        print("boards created a second, in bulk", rates);
        held("as created");
        for (int i = 0; i < HELD / BULK; i++) {
            String prefix = BOARDS + "/r" + i + "-";
            load.each(BULK, board -> LoadGenerator.post(prefix + digits(board) + GUEST_CALL, CALL));
        }
        held("after a PSCI call of each Dom0");
    }

    /** As bulk creation numbers boards. */
    private static String digits(int board) {
        return String.format(Locale.ROOT, "%04d", board);
    }

    private static void held(String when) {
        System.gc();
        Runtime jvm = Runtime.getRuntime();
        long used = jvm.totalMemory() - jvm.freeMemory() >> 20;
        System.out.printf(
                Locale.ROOT,
                "%d boards held %s, %d MiB of a heap of %d MiB used%n",
                HELD,
                when,
                used,
                jvm.maxMemory() >> 20);
    }

    private static void print(String what, List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-34s min %.2f  median %.2f  max %.2f  %s%n",
                what,
                sorted[0],
                sorted[sorted.length / 2],
                sorted[sorted.length - 1],
                Arrays.toString(Arrays.stream(sorted).mapToLong(Math::round).toArray()));
    }
}
