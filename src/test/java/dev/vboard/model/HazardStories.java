package dev.vboard.model;

import dev.vboard.model.hazard.Hazard;
import dev.vboard.model.hazard.Invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Each hazard's story and the calls that show it, for the documents and for HTTP. */
public final class HazardStories {
    private static final String HEAD = """
            # The known bugs, one by one

            Every known bug of Xen's suspend on Arm is a switch. Each story has three lines: what
            goes wrong, how it shows, and what a correct Xen does; then the calls that show it. This
            page is written by a test, `HazardStoriesTest`, which also makes these calls and looks
            for the violated invariants.

            The calls need a board with the fixture of the scenarios: Dom0 with two vCPUs, D1 with
            one on CPU 1 and a line of its own, D2 with two on CPUs 2 and 3 and another. This makes
            one, given a name, a profile, a flavour and a hazard; the profiles are in
            `src/test/resources/profiles`, and what they extend is put first:

            ```sh
            API=http://localhost:8080/api/v1
            JSON='Content-Type: application/json'
            put() {
                curl -sX PUT "$API/profiles/$1" -H 'Content-Type: application/yaml' \\
                    --data-binary "@src/test/resources/profiles/$1.yaml"
            }
            new_board() {
                curl -sX POST "$API/boards" -H "$JSON" -d "{\\"id\\":\\"$1\\",
                    \\"profile\\":\\"$2\\",
                    \\"xen\\":{\\"flavour\\":\\"$3\\",\\"hazards\\":[\\"$4\\"]},
                    \\"dom0\\":{\\"vcpus\\":2,\\"online\\":2}}"
            }
            show() {
                curl -sX POST "$API/boards/$1/commands" -H "$JSON" -d @-
                curl -s "$API/boards/$1/invariants"
            }
            ```
            """;

    private HazardStories() {}

    /**
     * A story and how to see it.
     *
     * @param hazard the bug
     * @param flavour of Xen
     * @param profile of the board
     * @param commands in the words of the contract, the fixture first
     * @param invariants what they violate
     */
    public record Story(
            Hazard hazard,
            String flavour,
            String profile,
            List<String> commands,
            List<String> invariants) {

        /** The body of POST …/commands. */
        public String body() {
            StringJoiner all =
                    new StringJoiner(",\n", "{\"onRefusal\":\"continue\",\"commands\":[\n", "\n]}");
            commands.forEach(all::add);
            return all.toString();
        }
    }

    /** All that have a script, in the order of the catalogue. */
    public static List<Story> all() {
        List<Story> stories = new ArrayList<>();
        for (Hazard hazard : Hazard.all()) {
            for (HazardCase line : HazardTable.all()) {
                if (line.hazard().equals(hazard.id())) {
                    List<String> commands = new ArrayList<>(FixtureB.told(line.profile()));
                    commands.addAll(line.tell());
                    stories.add(new Story(
                            hazard,
                            line.flavour(),
                            line.profile(),
                            commands,
                            line.invariants()));
                }
            }
        }
        return stories;
    }

    /** The page. */
    public static String page() {
        List<Story> stories = all();
        StringBuilder page = new StringBuilder(HEAD);
        for (Hazard hazard : Hazard.all()) {
            page.append("\n## ").append(hazard.id()).append(' ');
            page.append(hazard.story().shortName()).append("\n\n");
            page.append("- Wrong: ").append(hazard.story().wrong()).append('\n');
            page.append("- Shows: ").append(hazard.story().symptom()).append('\n');
            page.append("- Correct: ").append(hazard.story().correct()).append('\n');
            page.append("\nGenerations: ").append(hazard.story().generations());
            page.append(". Reported by: ").append(detectors(hazard)).append(".\n");
            boolean told = false;
            for (Story story : stories) {
                if (story.hazard() == hazard) {
                    told = true;
                    call(page, story);
                }
            }
            if (!told) {
                page.append(without(hazard));
            }
        }
        return page.toString();
    }

    private static String detectors(Hazard hazard) {
        StringJoiner names = new StringJoiner(", ");
        for (Invariant invariant : hazard.story().detectors()) {
            names.add(invariant.name());
        }
        return names.length() == 0 ? "its symptom only" : names.toString();
    }

    private static void call(StringBuilder page, Story story) {
        String id = "hz" + story.hazard().id().substring(2);
        page.append("\n```sh\nnew_board ").append(id).append(' ').append(story.profile());
        page.append(' ').append(story.flavour()).append(' ').append(story.hazard().id());
        page.append("\nshow ").append(id).append(" <<'END'\n").append(story.body());
        page.append("\nEND\n```\n");
    }

    private static String without(Hazard hazard) {
        return "\n```sh\ncurl -sX PUT \"$API/boards/b/hazards\" -H \"$JSON\" -d '[\""
                + hazard.id() + "\"]'\n```\n";
    }
}
