package dev.palisade.audit.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** Reads matches of nftables on single bits: flags of TCP, and parts of marks. */
final class NftBits {

  private NftBits() {}

  /** A test of TCP's flags, which a connection begins with SYN alone. */
  static Packets read(JsonNode operands, String op, JsonNode right) {
    boolean tcp =
        operands.path(0).path("payload").path("protocol").asText().equals("tcp")
            && operands.path(0).path("payload").path("field").asText().equals("flags");
    if (!tcp) {
      return bits(operands.path(0));
    }
    Set<String> mask = new HashSet<>();
    Set<String> set = new HashSet<>();
    boolean read =
        NftMatch.PLAIN.contains(op) && names(operands.path(1), mask) && names(right, set);
    return read
        ? Packets.flags(mask, set, op.equals("!="))
        : Packets.of(Set.of("tcp")).and(Packets.riddle("tcp flags"));
  }

  /** A test of single bits, such as those of a mark, holds for some packets. */
  private static Packets bits(JsonNode of) {
    String key = of.path("meta").path("key").asText("");
    boolean mark = !key.isEmpty() && !NftMatch.DECIDING.contains(key);
    return mark
        ? Packets.only("by meta " + key)
        : of.has("ct") ? Packets.only("by ct") : Packets.riddle("a test of bits");
  }

  /** Collects the names of flags joined by {@code |}; whether that is all there is. */
  private static boolean names(JsonNode flags, Set<String> into) {
    JsonNode joined = flags.isArray() ? flags : flags.path("|");
    if (joined.isArray()) {
      boolean all = true;
      for (JsonNode flag : joined) {
        all &= names(flag, into);
      }
      return all;
    }
    if (flags.isTextual()) {
      into.add(flags.textValue());
    }
    return flags.isTextual() || (flags.isInt() && flags.intValue() == 0);
  }
}
