package dev.palisade.audit.firewall;

import org.jspecify.annotations.Nullable;

/**
 * One rule of a chain.
 *
 * @param target the chain that it goes on in, or the prefix with which it logs; null for neither,
 *     or where it is not shown
 * @param path the test of the way back that it makes, or null
 */
record Rule(Packets packets, Act act, @Nullable String target, @Nullable PathTest path) {

  /** What becomes of a packet. */
  enum Act {
    ACCEPT,
    DROP,
    REJECT,
    RETURN,
    JUMP,
    GOTO,
    LOG,
    /** Something that decides, and is not understood. */
    RIDDLE
  }

  /**
   * @param passes whether packets with a way back match, or those without
   */
  record PathTest(boolean strict, boolean passes) {}
}
