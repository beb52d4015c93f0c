package dev.palisade.proof;

/** The first thing that does not hold, in one sentence. */
public final class BrokenProof extends Exception {

  private static final long serialVersionUID = 1L;

  public BrokenProof(String sentence) {
    super(sentence);
  }
}
