package dev.vboard.model.smmu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vboard.model.DeviceBench;
import dev.vboard.model.smmu.Smmu.Kind;
import dev.vboard.model.smmu.Smmu.Passage;

import org.junit.jupiter.api.Test;

/** devices.md 5: the SMMUv3. */
class SmmuV3Test {
    private static final long CR0 = 0x20;
    private static final long CR0ACK = 0x24;
    private static final long GBPA = 0x44;
    private static final long IRQ_CTRL = 0x50;
    private static final long GERROR = 0x60;
    private static final long GERRORN = 0x64;
    private static final long STRTAB_BASE = 0x80;
    private static final long STRTAB_BASE_CFG = 0x88;
    private static final long CMDQ_BASE = 0x90;
    private static final long CMDQ_PROD = 0x98;
    private static final long CMDQ_CONS = 0x9C;
    private static final long EVTQ_BASE = 0xA0;
    private static final long EVTQ_PROD = 0x1_00A8;
    private static final long EVTQ_CONS = 0x1_00AC;
    private static final long SMMUEN = 1;
    private static final long EVTQEN = 4;
    private static final long CMDQEN = 8;
    private static final long TABLE = 0x8000_0000L;
    private static final long COMMANDS = 0x8001_0000L;
    private static final long EVENTS = 0x8002_0000L;
    private static final long DOORBELL = 0x8003_0000L;
    private static final long SYNC = 0x46;
    private static final long MESSAGE = 1 << 12;

    private final DeviceBench bench = new DeviceBench("smmu-v3", 4);
    private final Smmu smmu = (Smmu) bench.device();
    private final int[] edges = new int[4];

    SmmuV3Test() {
        bench.lines().listen((_, index, high) -> edges[index - 32] += high ? 1 : 0);
    }

    private Kind pass(int stream) {
        return smmu.pass(bench.board, stream, 0x4000_0000L, false).kind();
    }

    private void memory(long address, long value) {
        bench.board.ram().write(0, address, 8, value);
    }

    private void program() {
        bench.write(STRTAB_BASE, 8, TABLE);
        bench.write(STRTAB_BASE_CFG, 4);
        bench.write(CMDQ_BASE, 8, COMMANDS | 2);
        bench.write(EVTQ_BASE, 8, EVENTS | 1);
        bench.write(IRQ_CTRL, 5);
        bench.write(CR0, CMDQEN | EVTQEN | SMMUEN);
    }

    private void entry(int stream, long first, long root) {
        memory(TABLE + 64L * stream, first);
        memory(TABLE + 64L * stream + 24, root);
    }

    private void sync(long index, long data) {
        memory(COMMANDS + 16 * index, SYNC | MESSAGE | data << 32);
        memory(COMMANDS + 16 * index + 8, DOORBELL);
    }

    @Test
    void devT13_switchedOffItFollowsItsBypassRegister() {
        assertThat(pass(0)).isEqualTo(Kind.BYPASS);
        bench.write(GBPA, 1 << 20);
        assertThat(pass(0)).as("without the update bit nothing is taken").isEqualTo(Kind.BYPASS);
        bench.write(GBPA, 1L << 31 | 1 << 20);
        assertThat(pass(0)).isEqualTo(Kind.ABORT);
    }

    @Test
    void aStreamIsTreatedAsItsTableEntrySays() {
        program();
        entry(1, 1, 0);
        entry(2, 1 | 4 << 1, 0);
        entry(3, 1 | 6 << 1, 0x123_4000L);
        assertThat(pass(1)).isEqualTo(Kind.ABORT);
        assertThat(pass(2)).isEqualTo(Kind.BYPASS);
        assertThat(smmu.pass(bench.board, 3, 0, false))
                .isEqualTo(new Passage(Kind.TRANSLATE, 0x123_4000L, 0, 0));
    }

    @Test
    void whatTheTableDoesNotKnowIsAnEventInMemory() {
        program();
        assertThat(pass(5)).isEqualTo(Kind.FAULT);
        assertThat(bench.board.ram().read(0, EVENTS, 8)).isEqualTo(5L << 32 | 0x04);
        assertThat(bench.board.ram().read(0, EVENTS + 16, 8)).isEqualTo(0x4000_0000L);
        assertThat(edges[0]).isEqualTo(1);
        assertThat(pass(16)).isEqualTo(Kind.FAULT);
        assertThat(bench.board.ram().read(0, EVENTS + 32, 8)).isEqualTo(16L << 32 | 0x02);
        assertThat(bench.read(EVTQ_PROD)).isEqualTo(2);
    }

    @Test
    void aFullEventQueueDropsAndSaysSo() {
        program();
        pass(5);
        pass(6);
        pass(7);
        assertThat(bench.read(EVTQ_PROD)).isEqualTo(1L << 31 | 2);
        bench.write(EVTQ_CONS, 2);
        pass(8);
        assertThat(bench.read(EVTQ_PROD)).isEqualTo(1L << 31 | 3);
    }

    @Test
    void anAddressThatIsNotMappedIsAnEvent() {
        program();
        entry(3, 1 | 6 << 1, 0x123_4000L);
        Passage passage = smmu.pass(bench.board, 3, 0xDEAD_0000L, true);
        smmu.notMapped(bench.board, 3, passage, 0xDEAD_0000L, true);
        assertThat(bench.board.ram().read(0, EVENTS, 8)).isEqualTo(3L << 32 | 0x10);
    }

    @Test
    void commandsAreConsumedUpToTheProducerAndWrapAround() {
        program();
        for (int i = 0; i < 4; i++) {
            sync(i, i);
        }
        bench.write(CMDQ_PROD, 3);
        assertThat(bench.read(CMDQ_CONS)).isEqualTo(3);
        assertThat(bench.board.ram().read(0, DOORBELL, 4)).isEqualTo(2);
        bench.write(CMDQ_PROD, 5);
        assertThat(bench.read(CMDQ_CONS)).isEqualTo(5);
        assertThat(bench.board.ram().read(0, DOORBELL, 4)).isZero();
    }

    @Test
    void aSyncWithoutAMessageRaisesItsLine() {
        program();
        memory(COMMANDS, SYNC | MESSAGE);
        bench.write(CMDQ_PROD, 1);
        assertThat(edges[2]).isEqualTo(1);
    }

    @Test
    void devT14_indicesThatDoNotMatchMemoryReplayOldCommands() {
        program();
        sync(0, 0xA);
        sync(1, 0xB);
        bench.write(CMDQ_PROD, 2);
        memory(DOORBELL, 0);
        bench.board.loseContents(DeviceBench.DOMAIN);
        bench.write(CMDQ_BASE, 8, COMMANDS | 2);
        sync(2, 0xC);
        bench.write(CMDQ_PROD, 2);
        bench.write(CR0, CMDQEN);
        assertThat(bench.board.ram().read(0, DOORBELL, 4))
                .as("the consumer began at 0 again, so what was done is done once more")
                .isEqualTo(0xB);
    }

    @Test
    void devT14_indicesThatMatchMemoryGoOnWhereItWas() {
        program();
        sync(0, 0xA);
        sync(1, 0xB);
        bench.write(CMDQ_PROD, 2);
        memory(DOORBELL, 0);
        bench.board.loseContents(DeviceBench.DOMAIN);
        bench.write(CMDQ_BASE, 8, COMMANDS | 2);
        bench.write(CMDQ_PROD, 2);
        bench.write(CMDQ_CONS, 2);
        bench.write(CR0, CMDQEN);
        assertThat(bench.board.ram().read(0, DOORBELL, 4)).isZero();
        sync(2, 0xC);
        bench.write(CMDQ_PROD, 3);
        assertThat(bench.board.ram().read(0, DOORBELL, 4)).isEqualTo(0xC);
    }

    @Test
    void anUnknownCommandStopsTheQueueUntilTheErrorIsSeen() {
        program();
        sync(1, 7);
        bench.write(CMDQ_PROD, 2);
        assertThat(bench.read(CMDQ_CONS)).isEqualTo(1L << 24);
        assertThat(bench.read(GERROR)).isEqualTo(1);
        assertThat(edges[3]).isEqualTo(1);
        sync(0, 6);
        bench.write(GERRORN, 1);
        assertThat(bench.read(CMDQ_CONS)).isEqualTo(2);
        assertThat(bench.board.ram().read(0, DOORBELL, 4)).isEqualTo(7);
    }

    @Test
    void itAcknowledgesItsControlAtOnce() {
        bench.write(CR0, CMDQEN | SMMUEN);
        assertThat(bench.read(CR0ACK)).isEqualTo(CMDQEN | SMMUEN);
    }
}
