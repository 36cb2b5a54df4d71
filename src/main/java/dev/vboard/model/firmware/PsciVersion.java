package dev.vboard.model.firmware;

/** Versions of PSCI as PSCI_VERSION reports them: major in the upper half, minor in the lower. */
final class PsciVersion {
    static final int V0_2 = 0x0_0002;
    static final int V1_0 = 0x1_0000;
    static final int V1_1 = 0x1_0001;
    static final int V1_3 = 0x1_0003;

    private PsciVersion() {}

    /** Reads {@code major.minor}. */
    static int parse(String text) {
        int dot = text.indexOf('.');
        return Integer.parseInt(text.substring(0, dot)) << 16
                | Integer.parseInt(text.substring(dot + 1));
    }
}
