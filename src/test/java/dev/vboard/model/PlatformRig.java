package dev.vboard.model;

import dev.vboard.catalog.Catalog;
import dev.vboard.model.core.Board;
import dev.vboard.model.core.Shape;
import dev.vboard.model.xen.Platform;

/** Hardware and firmware with nothing at EL2, for drivers of Xen to be tried on. */
public final class PlatformRig {
    private static final Catalog CATALOG = new Catalog();

    public final Platform platform;
    private final Hardware hardware;

    public PlatformRig(String profile) {
        hardware = new Hardware(CATALOG.find(profile).orElseThrow().profile());
        platform = hardware.platform();
    }

    /** A board that EL3 has just booted, with what software keeps. */
    public Board boot(Shape software) {
        Board board = new Board(hardware.slots());
        board.attach(hardware.shape);
        board.attach(software);
        hardware.powered.set(board, true);
        hardware.clock.powerOn(board);
        hardware.describeLines(board);
        hardware.psci.coldBoot(board);
        return board;
    }

    /** Moves a line. */
    public void line(Board board, int intid, boolean level) {
        hardware.lines.drive(board, hardware.lines.intids().index(0, intid), level);
    }

    /** The GIC goes the way of its power domain: what is in it is lost. */
    public void loseGic(Board board) {
        board.loseContents(hardware.domains.index(hardware.profile.gic().powerDomain()));
    }

    /** The power domain of a CPU goes off and comes on again. */
    public void loseCpu(Board board, int cpu) {
        board.loseContents(hardware.cpus.get(cpu).powerDomain());
    }
}
