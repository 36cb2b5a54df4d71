package dev.vboard.api.body;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

/**
 * What the outside does to a device; exactly one of byte, alarm and level.
 *
 * @param data on the wire {@code byte}: what a UART receives, 0 to 255
 * @param alarm when an RTC shall raise its alarm
 * @param level of a GPIO line or key; a frame for a network interface, a card for an SD host
 */
public record DeviceInput(
        @JsonProperty("byte") @Bounds(max = 255) @Nullable Integer data,
        @Nullable AtInput alarm,
        @Nullable Boolean level) {}
