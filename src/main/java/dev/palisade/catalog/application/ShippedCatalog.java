package dev.palisade.catalog.application;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Gives every room the shipped catalog. */
@ApplicationScoped
class ShippedCatalog {

  @Produces
  Catalog catalog() {
    return CatalogFiles.shipped();
  }
}
