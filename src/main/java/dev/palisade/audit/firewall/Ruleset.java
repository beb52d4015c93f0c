package dev.palisade.audit.firewall;

import com.fasterxml.jackson.databind.JsonNode;

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
    try {
      if (rules.path("nftables").isArray()) {
        return Filter.of(NftRules.read(rules, family), family);
      }
      RuleBook saved = rules.isTextual() ? SavedRules.read(rules.textValue(), family) : null;
      return saved == null
          ? Inbound.unclear("what it sent is neither the JSON of nft nor the text of iptables-save")
          : Filter.of(saved, family);
    } catch (RuleBook.TooMuch e) {
      return Inbound.unclear(e.why());
    }
  }
}
