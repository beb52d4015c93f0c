package dev.palisade.shell;

import java.util.List;

/**
 * A statement that does what one rule of the database refuses, and nothing that another refuses.
 *
 * @param function the trigger's function that has the rule
 * @param rule a part of the rule's message
 * @param given brings about what the statement starts from; no trigger hinders it
 */
record Attack(String function, String rule, List<String> given, String statement) {

  boolean isAgainst(String otherFunction, String message) {
    return function.equals(otherFunction) && message.contains(rule);
  }

  @Override
  public String toString() {
    return function + ": " + rule;
  }
}
