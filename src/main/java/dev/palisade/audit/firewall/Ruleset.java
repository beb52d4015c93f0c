package dev.palisade.audit.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * The rules of a host as evidence has them: what {@code nft -j list ruleset} prints, or the texts
 * of {@code iptables-save} and {@code ip6tables-save}. Whatever stands there, reading ends soon and
 * without an exception; what is not understood becomes a doubt.
 */
public final class Ruleset {

  private Ruleset() {}

  /**
   * What the rules let in by one address family.
   *
   * @param rules an object, or a text
   */
  public static Inbound read(JsonNode rules, Family family) {
    return read(rules, MissingNode.getInstance(), family);
  }

  /**
   * What the rules let in by one address family.
   *
   * @param rules an object, or a text
   * @param saved the text of iptables-save beside an object, in which rules of iptables are not
   *     told in full; missing where there is none
   */
  public static Inbound read(JsonNode rules, JsonNode saved, Family family) {
    try {
      RuleBook book =
          rules.path("nftables").isArray()
              ? NftRules.read(rules, saved.asText(""), family)
              : rules.isTextual() ? SavedRules.read(rules.textValue(), family) : null;
      return book == null
          ? Inbound.unclear("what it sent is neither the JSON of nft nor the text of iptables-save")
          : Filter.of(book, family);
    } catch (RuleBook.TooMuch e) {
      return Inbound.unclear(e.why());
    }
  }
}
