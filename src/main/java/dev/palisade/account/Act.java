package dev.palisade.account;

import java.util.Map;

/**
 * Something that an actor did, as it enters the journal.
 *
 * @param name past tense, the object's kind first: {@code version.approved}
 * @param objectKind what kind of thing it was done to: {@code version}
 * @param object the thing's name as people know it: {@code homelab-lan v1}
 * @param detail further facts, JSON-typed values only; never a secret
 */
public record Act(
    Actor actor, String name, String objectKind, String object, Map<String, Object> detail) {

  public Act {
    detail = Map.copyOf(detail);
  }
}
