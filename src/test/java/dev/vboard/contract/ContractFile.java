package dev.vboard.contract;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The hand-written OpenAPI file as a document; also copies of it with a difference planted. */
public final class ContractFile {
    private static final Path PLACE = Path.of("openapi/vboard.yaml");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final ObjectNode root;
    private final List<Operation> operations;

    private ContractFile(ObjectNode root) {
        this.root = root;
        operations = operations(root);
    }

    /** The file as it stands in the repository. */
    public static ContractFile asWritten() {
        try {
            return new ContractFile(
                    (ObjectNode) new YAMLMapper().readTree(Files.readString(PLACE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy in which something is different. */
    public ContractFile with(Consumer<ObjectNode> edit) {
        ObjectNode copy = root.deepCopy();
        edit.accept(copy);
        return new ContractFile(copy);
    }

    /** The whole document as JSON. */
    public String json() {
        return JsonMapper.shared().writeValueAsString(root);
    }

    /** The whole document. */
    public JsonNode root() {
        return root;
    }

    /** All operations in the file's order. */
    public List<Operation> operations() {
        return operations;
    }

    /** The operation that a request is for; a path that names it literally goes first. */
    public Optional<Operation> find(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.method().equals(method) && operation.takes(path))
                .min((a, b) -> Integer.compare(a.variables(), b.variables()));
    }

    /** The named schemas. */
    public SortedMap<String, JsonNode> schemas() {
        SortedMap<String, JsonNode> schemas = new TreeMap<>();
        root.at("/components/schemas").forEachEntry(schemas::put);
        return schemas;
    }

    /** The node itself, or what its reference names. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref")
                ? resolve(root.at(node.path("$ref").asString().substring(1)))
                : node;
    }

    /** The last segment of the node's reference; empty when it has none. */
    public static String reference(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static List<Operation> operations(ObjectNode root) {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.add(new Operation(
                                method.toUpperCase(java.util.Locale.ROOT), path, item, operation));
                    }
                }));
        return List.copyOf(operations);
    }
}
