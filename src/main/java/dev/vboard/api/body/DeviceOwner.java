package dev.vboard.api.body;

/**
 * What {@code PUT .../devices/{name}/owner} takes.
 *
 * @param domain the number of the domain that gets the device
 */
public record DeviceOwner(@Bounds(max = 32_767) int domain) {}
