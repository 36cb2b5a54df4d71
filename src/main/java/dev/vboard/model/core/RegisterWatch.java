package dev.vboard.model.core;

/** Someone who notes that software touches a register; reports and dumps are not noted. */
public interface RegisterWatch {
    /** A register is about to be read. */
    void read(Board board, Access by, int place);

    /** So many registers have been written, the first of which has that place. */
    void written(Board board, Access by, int first, int count);

    /** Nobody. */
    RegisterWatch NONE = new RegisterWatch() {
        @Override
        public void read(Board board, Access by, int place) {
            // nobody wants to know
        }

        @Override
        public void written(Board board, Access by, int first, int count) {
            // nobody wants to know
        }
    };
}
