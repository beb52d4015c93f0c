package dev.palisade.audit.firewall;

import org.jspecify.annotations.Nullable;

/**
 * One rule of a chain.
 *
 * @param target the chain that it goes on in, or the prefix with which it logs; null for neither,
 *     or where it is not shown
 * @param path the test of the way back that it makes, or null
 * @param translation where it sends packets to; null where it translates nothing
 */
record Rule(
    Packets packets,
    Act act,
    @Nullable String target,
    @Nullable PathTest path,
    @Nullable Translation translation) {

  Rule(Packets packets, Act act, @Nullable String target, @Nullable PathTest path) {
    this(packets, act, target, path, null);
  }

  /** What becomes of a packet. */
  enum Act {
    ACCEPT,
    DROP,
    REJECT,
    RETURN,
    JUMP,
    GOTO,
    LOG,
    /** It goes to another port or host. */
    TRANSLATE,
    /** Something that decides, and is not understood. */
    RIDDLE
  }

  /**
   * A test whether packets have a way back.
   *
   * @param passes whether packets with a way back match, or those without
   * @param shown whether the evidence has the test's options; otherwise the rule's verdict tells
   *     which packets match
   */
  record PathTest(boolean strict, boolean passes, boolean shown) {}

  /** The packets of the rule; those of a connection from outside have a way back. */
  Packets met() {
    if (path == null) {
      return packets;
    }
    if (path.shown()) {
      return path.passes() ? packets : Packets.none();
    }
    return switch (act) {
      case DROP, REJECT -> Packets.none();
      case ACCEPT, RETURN, LOG -> packets;
      default -> packets.and(Packets.riddle("xt rpfilter"));
    };
  }
}
