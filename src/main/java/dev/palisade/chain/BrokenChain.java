package dev.palisade.chain;

/** The first entry of a chain that is not as it was written, and what is wrong with it. */
public final class BrokenChain extends Exception {

  private static final long serialVersionUID = 1L;

  private final long number;
  private final String problem;

  /**
   * Names the entry.
   *
   * @param problem reads on after “Entry 7: ”
   */
  public BrokenChain(long number, String problem) {
    super("Entry " + number + ": " + problem);
    this.number = number;
    this.problem = problem;
  }

  public long number() {
    return number;
  }

  public String problem() {
    return problem;
  }
}
