package dev.palisade.profile;

import java.util.Map;
import java.util.TreeMap;

/**
 * Somebody approves a version, which the domain and the database allow. A room that comes later may
 * still refuse it by an exception, or note what the journal should keep about it.
 */
public final class ApprovalAsked {

  private final ProfileVersion version;
  private final boolean despiteLockOut;
  private final Map<String, Object> notes = new TreeMap<>();

  /**
   * An approval that is about to be written.
   *
   * @param despiteLockOut whether the approver says that lock-out risks are known and accepted
   */
  public ApprovalAsked(ProfileVersion version, boolean despiteLockOut) {
    this.version = version;
    this.despiteLockOut = despiteLockOut;
  }

  public ProfileVersion version() {
    return version;
  }

  public boolean isDespiteLockOut() {
    return despiteLockOut;
  }

  /** Has the journal keep a fact, JSON-typed, with the approval. */
  public void note(String name, Object fact) {
    notes.put(name, fact);
  }

  /** What was noted, by name. */
  public Map<String, Object> notes() {
    return new TreeMap<>(notes);
  }
}
