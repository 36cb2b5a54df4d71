package dev.vboard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Issue 2, deliverable 6 (b): records and schemas say the same. */
class RecordsTest {
    private static final ContractFile FILE = ContractFile.asWritten();

    @Test
    void recordsAndSchemasSayTheSame() {
        assertThat(WireRecords.all()).hasSizeGreaterThan(100);
        assertThat(RecordComparison.differences(FILE, WireRecords.all())).isEmpty();
    }
}
