package dev.vboard.model.power;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Choice;
import dev.vboard.model.core.Clock;
import dev.vboard.model.core.EventType;
import dev.vboard.model.core.Layout;
import dev.vboard.model.profile.BoardProfile;
import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.profile.DeviceSpec;
import dev.vboard.model.profile.PowerSpec.PowerDomainSpec;
import dev.vboard.model.report.PowerState;

import java.util.ArrayList;
import java.util.List;

/**
 * The power domains of a board: those of the profile, numbered in its order, then one named
 * {@code cpu<n>} for each CPU below the domain of its cluster.
 *
 * <p>A domain without a PSCI level that hangs below one with a level goes off and comes on with it.
 */
public final class PowerDomains {
    /** The domain a battery feeds; it outlives the board's power. */
    public static final String BATTERY = "battery";

    private static final int NONE = -1;
    private static final long NEVER = -1L;

    private final Clock clock;
    private final List<Node> nodes;
    private final int firstCpu;
    private final boolean statistics;
    private final List<Listener> listeners = new ArrayList<>();

    /** Someone who must know when contents go and come. */
    public interface Listener {
        /** The domain is about to go off; what lives in it can still be read. */
        default void goingOff(Board board, int domain) {}

        /** The domain has gone off; what lived in it has its reset values. */
        default void wentOff(Board board, int domain) {}

        /** The domain has come on; what lives in it has its reset values. */
        default void cameOn(Board board, int domain) {}
    }

    /** A domain; {@code used} holds since, then count and nanoseconds in RETENTION and in OFF. */
    private record Node(
            String name,
            int parent,
            int level,
            boolean alwaysOn,
            boolean retention,
            List<String> contents,
            Choice<PowerState> state,
            List<Cell> used) {}

    /**
     * Declares the domains.
     *
     * @param layout a cursor over the hardware's segment
     */
    public PowerDomains(Layout layout, BoardProfile profile, Clock clock) {
        this.clock = clock;
        this.statistics = profile.firmware().stat();
        Layout power = layout.named("power");
        List<PowerDomainSpec> tree = profile.power().tree();
        List<Node> declared = new ArrayList<>();
        for (PowerDomainSpec spec : tree) {
            int parent = spec.parent().map(name -> indexIn(tree, name)).orElse(NONE);
            PowerState atReset = switched(tree, spec) ? PowerState.OFF : PowerState.ON;
            declared.add(new Node(
                    spec.name(),
                    parent,
                    spec.level(),
                    spec.alwaysOn(),
                    spec.retention(),
                    contents(profile, spec.name()),
                    power.named(spec.name()).choice("state", atReset),
                    used(power.named(spec.name()), spec.level() > 0)));
        }
        firstCpu = declared.size();
        for (CpuSpec cpu : profile.cpus()) {
            String name = "cpu" + cpu.id();
            declared.add(new Node(
                    name,
                    clusterOf(tree, cpu.cluster()),
                    0,
                    false,
                    false,
                    List.of(name),
                    power.named(name).choice("state", PowerState.OFF),
                    used(power.named(name), true)));
        }
        nodes = List.copyOf(declared);
    }

    private List<Cell> used(Layout layout, boolean counted) {
        if (!statistics || !counted) {
            return List.of();
        }
        return List.of(
                layout.cell("since", 64, NEVER),
                layout.cell("retention-count", 64),
                layout.cell("retention-ns", 64),
                layout.cell("off-count", 64),
                layout.cell("off-ns", 64));
    }

    private static int indexIn(List<PowerDomainSpec> tree, String name) {
        for (int i = 0; i < tree.size(); i++) {
            if (tree.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no power domain " + name);
    }

    private static int clusterOf(List<PowerDomainSpec> tree, int cluster) {
        for (int i = 0; i < tree.size(); i++) {
            if (tree.get(i).clusters().contains(cluster)) {
                return i;
            }
        }
        return NONE;
    }

    /** Whether PSCI switches the domain or one above it. */
    private static boolean switched(List<PowerDomainSpec> tree, PowerDomainSpec spec) {
        PowerDomainSpec at = spec;
        for (int i = 0; i <= tree.size(); i++) {
            if (at.alwaysOn() || at.level() > 0 || at.parent().isEmpty()) {
                break;
            }
            at = tree.get(indexIn(tree, at.parent().get()));
        }
        return !at.alwaysOn() && at.level() > 0;
    }

    private static List<String> contents(BoardProfile profile, String domain) {
        List<String> names = new ArrayList<>();
        if (profile.gic().powerDomain().equals(domain)) {
            names.add("gic");
        }
        for (DeviceSpec device : profile.devices()) {
            if (device.powerDomain().filter(domain::equals).isPresent()) {
                names.add(device.name());
            }
        }
        return List.copyOf(names);
    }

    /** Adds someone who is told of each change, in order of registration. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** How many domains there are. */
    public int count() {
        return nodes.size();
    }

    /**
     * The number of a domain, which is also the power domain of {@link Layout#in}.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public int index(String name) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).name.equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no power domain " + name);
    }

    /** The number of the domain of a CPU. */
    public int ofCpu(int cpu) {
        return firstCpu + cpu;
    }

    /**
     * Where cells belong that sit in a domain and may be kept while it is off: the number of the
     * domain, or {@link Layout#ALWAYS_ON} when they are kept or the name is empty.
     */
    public int contents(String name, boolean lost) {
        return lost && !name.isEmpty() ? index(name) : Layout.ALWAYS_ON;
    }

    /** The name of a domain. */
    public String name(int index) {
        return nodes.get(index).name;
    }

    /** The number of the domain above, or -1. */
    public int parent(int index) {
        return nodes.get(index).parent;
    }

    /** The names of the CPU, the blocks and the devices that live directly in a domain. */
    public List<String> contents(int index) {
        return nodes.get(index).contents;
    }

    /** The number of the domain that stands for a PSCI level above a CPU, or -1. */
    public int ancestor(int cpu, int level) {
        if (level == 0) {
            return ofCpu(cpu);
        }
        int at = nodes.get(ofCpu(cpu)).parent;
        while (at != NONE && nodes.get(at).level != level) {
            at = nodes.get(at).parent;
        }
        return at;
    }

    /** Whether a domain is another one or hangs below it. */
    public boolean isBelow(int index, int above) {
        int at = index;
        while (at != NONE && at != above) {
            at = nodes.get(at).parent;
        }
        return at == above;
    }

    /** Whether a domain never goes off while the board has power. */
    public boolean isAlwaysOn(int index) {
        return nodes.get(index).alwaysOn;
    }

    /** Whether going down takes a domain's contents: not when it is always on or only retained. */
    public boolean losesContents(int index) {
        return !nodes.get(index).alwaysOn && !nodes.get(index).retention;
    }

    /** The state of a domain. */
    public PowerState state(Board board, int index) {
        return nodes.get(index).state.get(board);
    }

    /** Whether what lives in a domain works. */
    public boolean isOn(Board board, int index) {
        return nodes.get(index).state.is(board, PowerState.ON);
    }

    /**
     * Switches a domain and all below it off, children first; contents are lost. One that goes no
     * deeper than retention keeps its own.
     */
    public void off(Board board, int index) {
        Node node = nodes.get(index);
        if (node.alwaysOn || node.state.is(board, PowerState.OFF)) {
            return;
        }
        for (int child = nodes.size() - 1; child >= 0; child--) {
            if (nodes.get(child).parent == index) {
                off(board, child);
            }
        }
        if (node.retention) {
            retain(board, index);
            return;
        }
        for (Listener listener : listeners) {
            listener.goingOff(board, index);
        }
        leave(board, node);
        node.state.set(board, PowerState.OFF);
        board.loseContents(index);
        EventType.POWER_DOMAIN_OFF.emit(board, clock.now(board), node.name);
        for (Listener listener : listeners) {
            listener.wentOff(board, index);
        }
    }

    /** Puts a domain that is on into retention: contents are kept. */
    public void retain(Board board, int index) {
        Node node = nodes.get(index);
        if (node.state.is(board, PowerState.ON)) {
            leave(board, node);
            node.state.set(board, PowerState.RETENTION);
        }
    }

    /** Switches a domain on, those above it first. */
    public void on(Board board, int index) {
        Node node = nodes.get(index);
        if (node.parent != NONE) {
            on(board, node.parent);
        }
        if (node.state.is(board, PowerState.ON)) {
            return;
        }
        boolean wasOff = node.state.is(board, PowerState.OFF);
        count(board, node);
        node.state.set(board, PowerState.ON);
        if (wasOff) {
            EventType.POWER_DOMAIN_ON.emit(board, clock.now(board), node.name);
            for (Listener listener : listeners) {
                listener.cameOn(board, index);
            }
        }
        onWithParent(board, index);
    }

    private void onWithParent(Board board, int index) {
        for (int child = 0; child < firstCpu; child++) {
            if (nodes.get(child).parent == index && nodes.get(child).level == 0) {
                on(board, child);
            }
        }
    }

    /**
     * Takes the board's power away: every domain but the battery's loses its contents and has the
     * state it has before EL3 starts. Reports nothing.
     */
    public void reset(Board board) {
        for (int index = 0; index < nodes.size(); index++) {
            Node node = nodes.get(index);
            if (!node.name.equals(BATTERY)) {
                board.loseContents(index);
                boolean stays = node.alwaysOn || index < firstCpu && !followsPsci(index);
                node.state.set(board, stays ? PowerState.ON : PowerState.OFF);
            }
            for (int i = 0; i < node.used.size(); i++) {
                node.used.get(i).set(board, i == 0 ? NEVER : 0);
            }
        }
    }

    private boolean followsPsci(int index) {
        int at = index;
        while (at != NONE && nodes.get(at).level == 0 && !nodes.get(at).alwaysOn) {
            at = nodes.get(at).parent;
        }
        return at != NONE && !nodes.get(at).alwaysOn;
    }

    /** How often a domain has come out of RETENTION or OFF since the cold boot. */
    public long count(Board board, int index, PowerState state) {
        List<Cell> used = nodes.get(index).used;
        return used.isEmpty() ? 0 : used.get(cellOf(state)).get(board);
    }

    /** How long a domain was in RETENTION or OFF since the cold boot, in microseconds. */
    public long residencyMicros(Board board, int index, PowerState state) {
        List<Cell> used = nodes.get(index).used;
        return used.isEmpty() ? 0 : used.get(cellOf(state) + 1).get(board) / 1000;
    }

    private static int cellOf(PowerState state) {
        return switch (state) {
            case OFF -> 3;
            case RETENTION, ON -> 1;
        };
    }

    private void leave(Board board, Node node) {
        if (!node.used.isEmpty() && node.state.is(board, PowerState.ON)) {
            node.used.get(0).set(board, clock.now(board));
        }
    }

    private void count(Board board, Node node) {
        if (node.used.isEmpty() || node.used.get(0).get(board) == NEVER) {
            return;
        }
        int cell = cellOf(node.state.get(board));
        node.used.get(cell).add(board, 1);
        node.used.get(cell + 1).add(board, clock.now(board) - node.used.get(0).get(board));
        node.used.get(0).set(board, NEVER);
    }
}
