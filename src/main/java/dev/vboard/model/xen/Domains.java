package dev.vboard.model.xen;

import dev.vboard.model.core.Board;
import dev.vboard.model.core.Bytes;
import dev.vboard.model.core.Cell;
import dev.vboard.model.core.Derived;
import dev.vboard.model.core.Layout;
import dev.vboard.model.core.Memo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The live domains of a board. Which layout a slot has is state of the board; the views of each
 * layout are made once for each slot and shared by all boards.
 */
public final class Domains {
    private static final int MAX_VCPUS = 32;
    private static final int MAX_SPI_BLOCKS = 32;

    private final Hypervisor xen;
    private final int listRegisters;
    private final ListFormat format;
    private final Bytes vcpuCount;
    private final Bytes spiBlocks;
    private final Cell nextId;
    private final Memo<Domain> views;
    private final Derived<List<Domain>> live;

    Domains(Hypervisor xen, Layout layout, int slots) {
        this.xen = xen;
        listRegisters = xen.platform.profile().gic().listRegisters();
        format = xen.gic.lists();
        Layout table = layout.named("domains");
        vcpuCount = table.bytes("vcpus", slots, 0);
        spiBlocks = table.bytes("spi-blocks", slots, 0);
        nextId = table.cell("next-id", 16);
        views = new Memo<>(slots * MAX_VCPUS * MAX_SPI_BLOCKS, Domain[]::new, this::make);
        live = new Derived<>(vcpuCount, spiBlocks, this::inSlots);
    }

    /** The domains, by slot; Dom0 comes first. */
    public List<Domain> live(Board board) {
        return live.of(board);
    }

    private List<Domain> inSlots(Board board) {
        List<Domain> domains = new ArrayList<>();
        for (int i = vcpuCount.next(board, 0); i >= 0; i = vcpuCount.next(board, i + 1)) {
            domains.add(view(i, vcpuCount.get(board, i), spiBlocks.get(board, i)));
        }
        return List.copyOf(domains);
    }

    /** The domain in that slot of the board. */
    public Domain inSlot(Board board, int slot) {
        int i = slot - Board.FIRST_DOMAIN;
        return view(i, vcpuCount.get(board, i), spiBlocks.get(board, i));
    }

    /** The domains, by ascending id. */
    public List<Domain> byId(Board board) {
        List<Domain> all = new ArrayList<>(live(board));
        all.sort((a, b) -> Integer.compare(a.id(board), b.id(board)));
        return all;
    }

    /** The domain with that id. */
    public Optional<Domain> find(Board board, int id) {
        for (Domain domain : live(board)) {
            if (domain.id(board) == id) {
                return Optional.of(domain);
            }
        }
        return Optional.empty();
    }

    /** The domain with that id, written in decimal, or that name. */
    public Optional<Domain> find(Board board, String idOrName) {
        Optional<Domain> numbered = find(board, decimal(idOrName));
        if (numbered.isPresent()) {
            return numbered;
        }
        for (Domain domain : live(board)) {
            if (domain.isNamed(board, idOrName)) {
                return Optional.of(domain);
            }
        }
        return Optional.empty();
    }

    /** The number of up to five digits that text is, or -1. */
    private static int decimal(String text) {
        boolean padded = text.length() > 1 && text.charAt(0) == '0';
        if (text.isEmpty() || text.length() > 5 || padded) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** How many domains a board may have. */
    public int capacity() {
        return vcpuCount.count();
    }

    /** Makes room for a domain; empty when all slots are taken. */
    Optional<Domain> add(Board board, int vcpus, int spis) {
        for (int i = 0; i < vcpuCount.count(); i++) {
            if (vcpuCount.get(board, i) == 0) {
                vcpuCount.set(board, i, vcpus);
                spiBlocks.set(board, i, (spis + 31) / 32);
                Domain domain = inSlot(board, i + Board.FIRST_DOMAIN);
                board.attach(domain.shape);
                domain.id.set(board, nextId.add(board, 1) - 1);
                return Optional.of(domain);
            }
        }
        return Optional.empty();
    }

    void remove(Board board, Domain domain) {
        vcpuCount.set(board, domain.slot - Board.FIRST_DOMAIN, 0);
        spiBlocks.set(board, domain.slot - Board.FIRST_DOMAIN, 0);
        board.detach(domain.slot);
    }

    /**
     * Attaches empty segments for the domains the Xen segment names, for a stored board.
     *
     * @return whether all of them can exist
     */
    public boolean attachAll(Board board) {
        for (int i = 0; i < vcpuCount.count(); i++) {
            if (vcpuCount.get(board, i) > MAX_VCPUS || spiBlocks.get(board, i) >= MAX_SPI_BLOCKS) {
                return false;
            }
        }
        for (Domain domain : live(board)) {
            board.attach(domain.shape);
        }
        return true;
    }

    private Domain view(int place, int vcpus, int blocks) {
        return views.get((place * MAX_VCPUS + vcpus - 1) * MAX_SPI_BLOCKS + blocks);
    }

    private Domain make(int key) {
        int place = key / MAX_SPI_BLOCKS / MAX_VCPUS;
        int vcpus = key / MAX_SPI_BLOCKS % MAX_VCPUS + 1;
        int spis = key % MAX_SPI_BLOCKS * 32;
        return new Domain(xen, place + Board.FIRST_DOMAIN, vcpus, spis, listRegisters, format);
    }
}
