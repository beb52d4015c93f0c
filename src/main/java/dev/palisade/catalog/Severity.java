package dev.palisade.catalog;

/** How much it matters that a setting holds. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH
}
