package dev.vboard.contract;

import org.springframework.core.io.Resource;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What Spring has handlers for, as {@code GET /a/{}} without the variables' names. */
final class MappedCalls {
    private MappedCalls() {}

    /** The calls of all mappings; of a mapping by path alone the method is {@code *}. */
    static SortedSet<String> of(Collection<HandlerMapping> mappings) {
        SortedSet<String> calls = new TreeSet<>();
        for (HandlerMapping mapping : mappings) {
            switch (mapping) {
                case RequestMappingInfoHandlerMapping methods ->
                    methods.getHandlerMethods().keySet().forEach(info -> add(info, calls));
                case AbstractUrlHandlerMapping paths -> add(paths, calls);
                case RouterFunctionMapping functions -> {
                    if (functions.getRouterFunction() != null) {
                        functions.getRouterFunction().accept(new Functions(calls));
                    }
                }
                default -> throw new AssertionError("what does " + mapping + " map?");
            }
        }
        return calls;
    }

    private static void add(RequestMappingInfo info, SortedSet<String> calls) {
        List<String> methods =
                info.getMethodsCondition().getMethods().stream().map(Enum::name).toList();
        for (String method : methods.isEmpty() ? List.of("*") : methods) {
            info.getPatternValues().forEach(path -> calls.add(method + " " + unnamed(path)));
        }
    }

    private static void add(AbstractUrlHandlerMapping paths, SortedSet<String> calls) {
        paths.getHandlerMap().keySet().forEach(path -> calls.add("* " + unnamed(path)));
        if (paths.getRootHandler() != null) {
            calls.add("* /");
        }
        if (paths.getDefaultHandler() != null) {
            calls.add("* /**");
        }
    }

    /** The calls that the file describes. */
    static SortedSet<String> of(ContractFile file) {
        SortedSet<String> calls = new TreeSet<>();
        file.operations()
                .forEach(operation ->
                        calls.add(operation.method() + " " + unnamed(operation.path())));
        return calls;
    }

    /**
     * What one side has and the other has not.
     *
     * @param outside what is mapped but no part of the contract
     */
    static List<String> differences(Set<String> mapped, Set<String> written, Set<String> outside) {
        Stream<String> unwritten = mapped.stream()
                .filter(call -> !written.contains(call) && !outside.contains(call))
                .map(call -> "not in the file: " + call);
        Stream<String> unmapped = written.stream()
                .filter(call -> !mapped.contains(call))
                .map(call -> "nobody answers: " + call);
        Stream<String> absent = outside.stream()
                .filter(call -> !mapped.contains(call))
                .map(call -> "is not there any more: " + call);
        return Stream.of(unwritten, unmapped, absent).flatMap(calls -> calls).toList();
    }

    /** Names what router functions answer; those for resources do not tell their paths. */
    private record Functions(SortedSet<String> calls) implements RouterFunctions.Visitor {
        @Override
        public void startNested(RequestPredicate predicate) {
            calls.add("below " + predicate);
        }

        @Override
        public void endNested(RequestPredicate predicate) {
            calls.add("below " + predicate);
        }

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> function) {
            calls.add("function " + predicate);
        }

        @Override
        public void resources(Function<ServerRequest, Optional<Resource>> lookup) {
            int others = calls.tailSet("resources ").size();
            calls.add("resources " + (others + 1));
        }

        @Override
        public void attributes(Map<String, Object> attributes) {
            // They say nothing of what is answered.
        }

        @Override
        public void unknown(RouterFunction<?> function) {
            calls.add("function " + function);
        }
    }

    private static String unnamed(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }
}
