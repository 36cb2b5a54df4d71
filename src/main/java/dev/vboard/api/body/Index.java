package dev.vboard.api.body;

import java.util.List;
import java.util.SortedMap;

/**
 * What {@code GET /api/v1} answers.
 *
 * @param links paths by what is there
 * @param version of the service
 * @param specVersion of this contract
 * @param limits by name, as configured
 * @param flavours that a board may have
 */
public record Index(
        SortedMap<String, String> links,
        String version,
        String specVersion,
        SortedMap<String, Long> limits,
        List<String> flavours) {}
