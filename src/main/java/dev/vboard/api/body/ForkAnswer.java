package dev.vboard.api.body;

import java.util.List;

/**
 * What {@code POST .../fork} made.
 *
 * @param boards the new boards, by id
 */
public record ForkAnswer(List<Board> boards) {}
