package dev.vboard.api.body;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.vboard.model.report.U64;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened on a board; each type carries only what concerns it.
 *
 * @param seq its number on the board, from 1
 * @param timeNs virtual time since creation, in ns
 * @param type one of the contract's event types
 * @param cpu physical CPU
 * @param pcpu physical CPU that a vCPU is on
 * @param domain number of a domain
 * @param vcpu number of a vCPU in it
 * @param name of a domain
 * @param intid physical INTID
 * @param virq virtual INTID
 * @param level of a line
 * @param function PSCI function
 * @param value result of a call
 * @param status of an attempt to suspend; 0 is ok
 * @param code of a shutdown, 0 to 5
 * @param error negative errno or PSCI value
 * @param attempt number of an attempt to suspend
 * @param step of a suspend
 * @param outcome of a step
 * @param device its name
 * @param address of an access
 * @param api name of an EEMI call
 * @param apiId number of an EEMI call
 * @param node EEMI node
 * @param origin of an EEMI call: {@code firmware}, {@code xen} or {@code dN}
 * @param id of a watchdog, from 0 as Xen's log counts
 * @param stage of a board's watchdog: 1 for its interrupt, 2 for its reset
 * @param cause of a wake or resume
 * @param port number of a console's UART on the board, from 0
 * @param text console line
 * @param powerDomain its name
 * @param register its name
 * @param hazard its id
 * @param invariant its id
 * @param kind of a fault
 * @param state that was reached
 * @param reason in words
 * @param entry entry point
 * @param context context id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Event(
        long seq,
        long timeNs,
        String type,
        @Nullable Integer cpu,
        @Nullable Integer pcpu,
        @Nullable Integer domain,
        @Nullable Integer vcpu,
        @Nullable String name,
        @Nullable Integer intid,
        @Nullable Integer virq,
        @Nullable Boolean level,
        @Nullable String function,
        @Nullable Long value,
        @Nullable Integer status,
        @Nullable Integer code,
        @Nullable Integer error,
        @Nullable Long attempt,
        @Nullable String step,
        @Nullable String outcome,
        @Nullable String device,
        @Nullable U64 address,
        @Nullable String api,
        @Nullable Integer apiId,
        @Nullable Integer node,
        @Nullable String origin,
        @Nullable Integer id,
        @Nullable Integer stage,
        @Nullable String cause,
        @Nullable Integer port,
        @Nullable String text,
        @Nullable String powerDomain,
        @Nullable String register,
        @Nullable String hazard,
        @Nullable String invariant,
        @Nullable String kind,
        @Nullable String state,
        @Nullable String reason,
        @Nullable U64 entry,
        @Nullable U64 context) {}
