package dev.vboard.model.core;

/** Someone who notes that software touches a register; reports and dumps are not noted. */
public interface RegisterWatch {
    /** A register is about to be read. */
    void read(Board board, Access by, int place);

    /** A register has been written. */
    void written(Board board, Access by, int place);

    /** Nobody. */
    RegisterWatch NONE = new RegisterWatch() {
        @Override
        public void read(Board board, Access by, int place) {
            // nobody wants to know
        }

        @Override
        public void written(Board board, Access by, int place) {
            // nobody wants to know
        }
    };
}
