package dev.palisade.audit.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads where {@code dnat} and {@code redirect} of nftables send packets to. */
final class NftTranslation {

  /** Some packets and where they go. */
  record Case(List<Packets> packets, Translation translation) {}

  private static final int MOST_CASES = 4_096;

  private final NftSets sets;
  private final NftMatch matcher;
  private final String table;

  NftTranslation(NftSets sets, NftMatch matcher, String table) {
    this.sets = sets;
    this.matcher = matcher;
    this.table = table;
  }

  /** Whether a statement writes another port or address into a packet, outside of nat chains. */
  static boolean rewrites(String statement, JsonNode body) {
    JsonNode payload = body.path("key").path("payload");
    String field = payload.path("field").asText("");
    return statement.equals("mangle")
        && payload.isObject()
        && (field.isEmpty() || field.equals("dport") || field.endsWith("daddr"))
        && !payload.path("protocol").asText().equals("ether");
  }

  List<Case> read(String statement, JsonNode body) {
    boolean here = statement.equals("redirect");
    String words = here ? "redirect" : "DNAT";
    JsonNode map = body.path("addr").path("map");
    boolean ofPorts = map.isMissingNode();
    if (ofPorts) {
      map = body.path("port").path("map");
    }
    if (map.isMissingNode()) {
      return List.of(new Case(List.of(Packets.ANY), to(words, here, body.path("port"))));
    }
    JsonNode data = map.path("data");
    JsonNode pairs = data.isTextual() ? sets.elements(table, data) : data.path("set");
    if (!pairs.isArray() || pairs.size() > MOST_CASES) {
      return List.of(new Case(List.of(Packets.ANY), Translation.hidden(words)));
    }
    List<Case> cases = new ArrayList<>();
    for (JsonNode pair : pairs) {
      JsonNode target = pair.path(1);
      JsonNode concat = target.path("concat");
      JsonNode port =
          concat.isArray() ? concat.path(concat.size() - 1) : ofPorts ? target : body.path("port");
      cases.add(new Case(matcher.element(map.path("key"), pair.path(0)), to(words, here, port)));
    }
    return cases;
  }

  private static Translation to(String words, boolean here, JsonNode port) {
    if (port.isMissingNode() || port.isNull()) {
      return Translation.to(words, here, null);
    }
    Ports ports = ports(port);
    return ports == null ? Translation.hidden(words) : Translation.to(words, here, ports);
  }

  private static @Nullable Ports ports(JsonNode port) {
    JsonNode range = port.path("range");
    JsonNode from = range.isArray() ? range.path(0) : port;
    JsonNode to = range.isArray() ? range.path(1) : port;
    boolean valid =
        from.isInt()
            && to.isInt()
            && from.intValue() >= 0
            && from.intValue() <= to.intValue()
            && to.intValue() <= Ports.LAST;
    return valid ? new Ports(from.intValue(), to.intValue()) : null;
  }
}
