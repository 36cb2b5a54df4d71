package dev.vboard.model.core;

import java.util.List;
import java.util.Locale;

/** Everything a board can report, and the fields each report has. */
public enum EventType {
    BOARD_CREATED(),
    BOARD_SUSPENDED(),
    BOARD_RESUMED(Field.INTID, Field.STATUS_CODE, Field.CAUSE),
    BOARD_OFF(Field.REASON),
    CPU_ON(Field.CPU, Field.ENTRY, Field.CONTEXT),
    CPU_OFF(Field.CPU),
    CPU_PARKED(Field.CPU, Field.REASON),
    PSCI_CALL(Field.CPU, Field.DOMAIN, Field.VCPU, Field.VALUE, Field.FUNCTION),
    PSCI_RETURNED(Field.CPU, Field.DOMAIN, Field.VCPU, Field.VALUE, Field.FUNCTION),
    EEMI_CALL(Field.API_ID, Field.NODE, Field.ORIGIN_DOMAIN, Field.VALUE, Field.API),
    IRQ_FIRED(Field.INTID, Field.CPU, Field.LEVEL, Field.DEVICE),
    IRQ_INJECTED(Field.DOMAIN, Field.VCPU, Field.VIRQ),
    IRQ_ACKED(Field.CPU, Field.INTID, Field.DOMAIN, Field.VCPU),
    IRQ_ENDED(Field.CPU, Field.INTID, Field.DOMAIN, Field.VCPU),
    VCPU_ON(Field.DOMAIN, Field.VCPU, Field.ENTRY),
    VCPU_OFF(Field.DOMAIN, Field.VCPU),
    VCPU_BLOCKED(Field.DOMAIN, Field.VCPU),
    VCPU_WOKEN(Field.DOMAIN, Field.VCPU, Field.CAUSE),
    DOMAIN_CREATED(Field.DOMAIN, Field.DOMAIN_NAME),
    DOMAIN_SUSPENDED(Field.DOMAIN, Field.VCPU, Field.ENTRY, Field.CONTEXT),
    DOMAIN_RESUMED(Field.DOMAIN, Field.INTID, Field.CAUSE),
    DOMAIN_FROZEN(Field.DOMAIN),
    DOMAIN_THAWED(Field.DOMAIN),
    DOMAIN_SHUTDOWN(Field.DOMAIN, Field.CODE, Field.REASON),
    DOMAIN_DESTROYED(Field.DOMAIN),
    FIRST_INSTRUCTION(Field.DOMAIN, Field.VCPU, Field.PCPU, Field.ENTRY),
    STEP_STARTED(Field.ATTEMPT, Field.CPU, Field.STEP),
    STEP_ENDED(Field.ATTEMPT, Field.CPU, Field.ERROR, Field.OUTCOME, Field.STEP),
    POWER_DOMAIN_OFF(Field.POWER_DOMAIN),
    POWER_DOMAIN_ON(Field.POWER_DOMAIN),
    REGISTER_LOST_READ(Field.CPU, Field.REGISTER),
    DMA_FAULT(Field.ADDRESS, Field.DEVICE),
    WATCHDOG(Field.DOMAIN, Field.ID, Field.STAGE, Field.DEVICE),
    FAULT(Field.CPU, Field.VALUE, Field.KIND),
    HAZARD(Field.CPU, Field.DOMAIN, Field.HAZARD),
    CONSOLE(Field.PORT, Field.DOMAIN, Field.TEXT),
    CONSOLE_KEPT(Field.TEXT),
    XEN_STARTED(),
    INVARIANT_VIOLATED(Field.CPU, Field.DOMAIN, Field.INVARIANT),
    QUARANTINED(Field.REASON),
    BOARD_DELETED();

    private static final List<EventType> ALL = List.of(values());

    private final String wire;
    private final List<Field> numbers;
    private final Field text;

    EventType(Field... fields) {
        wire = name().toLowerCase(Locale.ROOT).replace('_', '-');
        boolean hasText = fields.length > 0 && fields[fields.length - 1].form == Form.TEXT;
        text = hasText ? fields[fields.length - 1] : Field.NONE;
        numbers = List.of(fields).subList(0, fields.length - (hasText ? 1 : 0));
    }

    /** The name on the wire, for example {@code cpu-on}. */
    public String wire() {
        return wire;
    }

    /** Meaning of the numbers, in order. */
    public List<Field> fields() {
        return numbers;
    }

    /** Meaning of the text, or {@link Field#NONE}. */
    public Field text() {
        return text;
    }

    /** The constant with that ordinal. */
    public static EventType of(int ordinal) {
        return ALL.get(ordinal);
    }

    /** Reports an event without numbers. */
    public void emit(Board board, long nowNanos, String text) {
        emit(board, nowNanos, Events.ABSENT, Events.ABSENT, Events.ABSENT, Events.ABSENT, text);
    }

    /** Reports an event with one number. */
    public void emit(Board board, long nowNanos, long a, String text) {
        emit(board, nowNanos, a, Events.ABSENT, Events.ABSENT, Events.ABSENT, text);
    }

    /** Reports an event with two numbers. */
    public void emit(Board board, long nowNanos, long a, long b, String text) {
        emit(board, nowNanos, a, b, Events.ABSENT, Events.ABSENT, text);
    }

    /** Reports an event with three numbers. */
    public void emit(Board board, long nowNanos, long a, long b, long c, String text) {
        emit(board, nowNanos, a, b, c, Events.ABSENT, text);
    }

    /** Reports an event; {@link Events#ABSENT} for a number it does not have. */
    public void emit(Board board, long now, long a, long b, long c, long d, String text) {
        board.events().emit(now, this, a, b, c, d, text);
    }

    /** How a field is written. */
    public enum Form {
        /** A number. */
        NUMBER,
        /** A 64-bit value in hexadecimal. */
        HEX,
        /** True or false. */
        BOOLEAN,
        /** The outcome of a step: ok, failed, undone, skipped. */
        OUTCOME,
        /** Text. */
        TEXT
    }

    /** A field of an event. */
    public enum Field {
        NONE("", Form.TEXT),
        CPU("cpu", Form.NUMBER),
        PCPU("pcpu", Form.NUMBER),
        DOMAIN("domain", Form.NUMBER),
        VCPU("vcpu", Form.NUMBER),
        INTID("intid", Form.NUMBER),
        VIRQ("virq", Form.NUMBER),
        VALUE("value", Form.NUMBER),
        STATUS_CODE("status", Form.NUMBER),
        CODE("code", Form.NUMBER),
        ERROR("error", Form.NUMBER),
        ATTEMPT("attempt", Form.NUMBER),
        API_ID("apiId", Form.NUMBER),
        NODE("node", Form.NUMBER),
        ORIGIN_DOMAIN("origin", Form.NUMBER),
        ID("id", Form.NUMBER),
        STAGE("stage", Form.NUMBER),
        PORT("port", Form.NUMBER),
        LEVEL("level", Form.BOOLEAN),
        ENTRY("entry", Form.HEX),
        CONTEXT("context", Form.HEX),
        ADDRESS("address", Form.HEX),
        OUTCOME("outcome", Form.OUTCOME),
        FUNCTION("function", Form.TEXT),
        API("api", Form.TEXT),
        DEVICE("device", Form.TEXT),
        CAUSE("cause", Form.TEXT),
        DOMAIN_NAME("name", Form.TEXT),
        REASON("reason", Form.TEXT),
        STEP("step", Form.TEXT),
        POWER_DOMAIN("powerDomain", Form.TEXT),
        REGISTER("register", Form.TEXT),
        KIND("kind", Form.TEXT),
        HAZARD("hazard", Form.TEXT),
        INVARIANT("invariant", Form.TEXT),
        TEXT("text", Form.TEXT);

        private final String wire;
        private final Form form;

        Field(String wire, Form form) {
            this.wire = wire;
            this.form = form;
        }

        /** The name on the wire. */
        public String wire() {
            return wire;
        }

        /** How it is written. */
        public Form form() {
            return form;
        }
    }
}
