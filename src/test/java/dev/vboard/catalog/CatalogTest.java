package dev.vboard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** api.md 2.1: profiles as documents. */
class CatalogTest {
    private final Catalog catalog = new Catalog();

    @Test
    void eachShippedProfileIsFoundByItsIdAndItsAliases() {
        assertThat(catalog.ids()).contains("qemu-virt", "zcu102");
        assertThat(catalog.find("qemu-virt-gicv2")).isEqualTo(catalog.find("qemu-virt"));
        assertThat(catalog.find("zcu103")).isEmpty();
        assertThat(catalog.nearest("zcu103")).contains("zcu102");
    }
}
