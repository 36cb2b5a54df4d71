package dev.vboard.catalog;

import dev.vboard.model.profile.CpuSpec;
import dev.vboard.model.profile.PowerSpec.PowerDomainSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The power tree of a document that lists CPUs and no tree. */
final class PowerTree {
    private PowerTree() {}

    /**
     * Gives every cluster a domain. What was inherited stays, less the clusters that are no more; a
     * new cluster gets a domain {@code cluster<n>} beside the inherited clusters' domains, or below
     * a domain {@code system} where there are none.
     */
    static List<PowerDomainSpec> derive(List<PowerDomainSpec> inherited, List<CpuSpec> cpus) {
        SortedSet<Integer> clusters = new TreeSet<>();
        cpus.forEach(cpu -> clusters.add(cpu.cluster()));
        Optional<PowerDomainSpec> sibling = inherited.stream()
                .filter(domain -> !domain.clusters().isEmpty())
                .findFirst();
        List<PowerDomainSpec> tree = new ArrayList<>();
        for (PowerDomainSpec domain : inherited) {
            List<Integer> kept =
                    domain.clusters().stream().filter(clusters::contains).toList();
            tree.add(new PowerDomainSpec(
                    domain.name(),
                    domain.parent(),
                    domain.level(),
                    kept,
                    domain.alwaysOn(),
                    domain.retention()));
            clusters.removeAll(kept);
        }
        Optional<String> parent = sibling.flatMap(PowerDomainSpec::parent);
        if (sibling.isEmpty()) {
            parent = Optional.of("system");
            if (tree.stream().noneMatch(domain -> domain.name().equals("system"))) {
                tree.add(domain("system", Optional.empty(), 2, List.of()));
            }
        }
        for (int cluster : clusters) {
            tree.add(domain("cluster" + cluster, parent, 1, List.of(cluster)));
        }
        return List.copyOf(tree);
    }

    private static PowerDomainSpec domain(
            String name, Optional<String> parent, int level, List<Integer> clusters) {
        return new PowerDomainSpec(name, parent, level, clusters, false, false);
    }
}
