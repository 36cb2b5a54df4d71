package dev.vboard.http;

/** Is told of every exchange of the suite; what it throws fails the test that made the exchange. */
@FunctionalInterface
public interface ExchangeListener {
    void exchanged(Exchanged exchanged);
}
