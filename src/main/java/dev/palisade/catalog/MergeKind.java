package dev.palisade.catalog;

/**
 * How NixOS merges two definitions of a setting, which decides the priority it is rendered with.
 */
public enum MergeKind {
  /** One value wins: rendered at {@code lib.mkOverride 900}. */
  SCALAR("scalar"),
  /**
   * A list that every module may add to: rendered plain; an empty one renders nothing and is only
   * checked.
   */
  ADD("add"),
  /** A list that one module owns: rendered at {@code lib.mkOverride 900}. */
  WHOLE("whole");

  private final String code;

  MergeKind(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /**
   * The merge kind with this code.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static MergeKind of(String code) {
    for (MergeKind kind : values()) {
      if (kind.code.equals(code)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("No merge kind “" + code + "”");
  }
}
