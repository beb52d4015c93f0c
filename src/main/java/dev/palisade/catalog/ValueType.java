package dev.palisade.catalog;

import java.util.Arrays;
import java.util.Optional;

/**
 * The type of a setting's value, which decides its input field, its check and how running values
 * are compared.
 */
public enum ValueType {
  /** 0 or 1. */
  SWITCH("bool-int"),
  /** A whole number within bounds. */
  INT("int"),
  /** A whole number out of a few with meanings. */
  CHOICE_INT("enum-int"),
  /** A whole number whose bits have meanings. */
  BITMASK("bitmask-int"),
  /** Whole numbers in a fixed order, read back separated by white space. */
  INT_VECTOR("int-vector"),
  /** true or false. */
  BOOL("bool"),
  /** One out of a few words. */
  CHOICE("enum"),
  /** Present or not; its only value is true. */
  FLAG("flag"),
  /** One line of text. */
  TEXT("string"),
  /** Several lines of text. */
  LINES("lines"),
  /** A list of one-line texts. */
  TEXT_LIST("string-list"),
  /** A set of ports. */
  PORT_LIST("port-list"),
  /** A set of port ranges. */
  PORT_RANGE_LIST("port-range-list"),
  /** Addresses on which a server listens, each with or without a port. */
  LISTEN_ADDRESS_LIST("listen-address-list");

  private final String code;

  ValueType(String code) {
    this.code = code;
  }

  /** The word used in the API and in the catalog's data. */
  public String code() {
    return code;
  }

  /** The type with this code, if there is one. */
  public static Optional<ValueType> of(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }
}
