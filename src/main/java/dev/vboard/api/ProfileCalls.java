package dev.vboard.api;

import dev.vboard.api.body.ProfilePage;
import dev.vboard.api.body.ProfileSummary;
import dev.vboard.api.body.Violation;
import dev.vboard.catalog.Catalog;
import dev.vboard.catalog.Catalog.Change;
import dev.vboard.catalog.ProfileDocument;
import dev.vboard.catalog.ProfileException;
import dev.vboard.catalog.UnreadableProfileException;
import dev.vboard.runtime.ServiceLimits;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The kinds of boards: those that ship with the service, and users' own. */
@Component
class ProfileCalls implements RouteGroup {
    /** Where profiles are. */
    static final String PROFILES = "/api/v1/profiles";

    private static final String PROFILE = PROFILES + "/{profile}";

    private final Supplier<Catalog> catalog;
    private final ServiceLimits limits;

    ProfileCalls(Supplier<Catalog> catalog, ServiceLimits limits) {
        this.catalog = catalog;
        this.limits = limits;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.service("GET", PROFILES, this::profiles).paged(),
                Route.service("GET", PROFILE, this::profile),
                Route.service("PUT", PROFILE, this::put)
                        .takesDocument(List.of(MediaTypes.JSON, MediaTypes.YAML)),
                Route.service("DELETE", PROFILE, this::delete));
    }

    private Reply profiles(Call call) {
        List<ProfileSummary> all =
                catalog.get().entries().stream().map(ProfileCalls::summary).toList();
        return Reply.ok(Pages.of(call, all, ProfilePage::new));
    }

    private static ProfileSummary summary(Catalog.Entry entry) {
        return new ProfileSummary(
                entry.profile().id(),
                entry.aliases(),
                entry.shipped(),
                entry.profile().cpus().size(),
                entry.profile().gic().version(),
                entry.profile().firmware().systemSuspend());
    }

    private Reply profile(Call call) {
        String name = call.variable("profile");
        Catalog.Entry entry = catalog.get().find(name).orElseThrow(() -> absent(call));
        call.conditions().requireMatch("profile", entry.revision());
        return call.conditions().known(entry.revision())
                ? Reply.unchanged(entry.revision())
                : Reply.ok(entry.document()).at(entry.revision());
    }

    private Reply put(Call call) {
        String id = call.variable("profile");
        return switch (change(call, id)) {
            case Change.Kept kept -> {
                Object document = kept.entry().document();
                Reply reply = kept.created()
                        ? Reply.created(document, PROFILES + "/" + id)
                        : Reply.ok(document);
                yield reply.at(kept.entry().revision());
            }
            case Change.Shipped shipped -> throw shipped(shipped.entry());
            case Change.Full full ->
                throw new ProblemException(ProblemCode.LIMIT_REACHED.because(
                        "there are " + full.most() + " profiles besides the shipped ones already",
                        List.of("profiles")));
            case Change.Removed _, Change.Absent _ ->
                throw new IllegalStateException("a profile to be kept was removed");
        };
    }

    private Change change(Call call, String id) {
        Call.RawDocument body = call.body(Call.RawDocument.class);
        try {
            ProfileDocument document = ProfileDocument.of(body.text(), body.json());
            return catalog.get()
                    .put(id, document, limits.profiles(), there -> require(call, there));
        } catch (UnreadableProfileException e) {
            String form = body.json() ? "JSON" : "YAML";
            throw new ProblemException(ProblemCode.UNREADABLE_JSON.because("the body is no " + form
                    + " at " + where(e) + ": " + e.faults().getFirst().message()));
        } catch (ProfileException e) {
            throw ProblemException.invalid(
                    e.faults().stream()
                            .map(fault -> new Violation(fault.pointer(), fault.message()))
                            .toList(),
                    List.of());
        }
    }

    private static String where(UnreadableProfileException e) {
        String pointer = e.faults().getFirst().pointer();
        return pointer.isEmpty() ? "its beginning" : pointer;
    }

    private Reply delete(Call call) {
        return switch (catalog.get()
                .remove(call.variable("profile"), there -> require(call, there))) {
            case Change.Removed _ -> Reply.empty();
            case Change.Absent _ -> throw absent(call);
            case Change.Shipped shipped -> throw shipped(shipped.entry());
            case Change.Kept _, Change.Full _ ->
                throw new IllegalStateException("a profile to be removed was kept");
        };
    }

    /** A profile that is not there has no revision that a caller could know (RFC 9110, 13.1). */
    private static void require(Call call, Optional<Catalog.Entry> there) {
        Conditions conditions = call.conditions();
        if (there.isPresent()) {
            conditions.requireMatch("profile", there.get().revision());
            conditions.requireUnknown("profile", there.get().revision());
        } else if (call.route().method().equals("PUT")) {
            conditions.requireNoMatch("profile");
        }
    }

    private static ProblemException shipped(Catalog.Entry entry) {
        String id = entry.profile().id();
        return new ProblemException(ProblemCode.PROFILE_SHIPPED.because(
                id + " comes with the service", List.of("profile " + id)));
    }

    private ProblemException absent(Call call) {
        return ProblemException.notFound("there is no profile " + call.variable("profile")
                + "; there are " + catalog.get().ids());
    }
}
