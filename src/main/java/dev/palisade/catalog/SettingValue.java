package dev.palisade.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palisade.core.DomainException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a setting, typed as in JSON. A sysctl switch is {@code 0} or {@code 1}, a vector
 * sysctl and a list option are {@link Items}, a port range is a {@link PortRange}, and an address
 * on which a server listens is a {@link ListenAddress}.
 */
public sealed interface SettingValue {

  /**
   * The greatest number, and with a minus the least: canonical JSON (RFC 8785) has the numbers of
   * JavaScript, which are exact up to here.
   */
  long MOST = (1L << 53) - 1;

  record Bool(boolean value) implements SettingValue {}

  record Int(long value) implements SettingValue {}

  record Text(String value) implements SettingValue {}

  record PortRange(int from, int to) implements SettingValue {}

  /**
   * An address on which a server listens, as {@code services.openssh.listenAddresses} takes it.
   *
   * @param port null where the server's own ports count
   */
  record ListenAddress(String addr, @Nullable Integer port) implements SettingValue {}

  record Items(List<SettingValue> items) implements SettingValue {
    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * Reads a JSON value.
   *
   * @param pointer where the value stands in the input, for the message
   * @throws DomainException for a float, a number beyond {@link #MOST}, null, a nested list, or an
   *     object other than a port range or an address
   */
  static SettingValue fromJson(JsonNode node, String pointer) {
    if (node.isArray()) {
      List<SettingValue> items = new ArrayList<>(node.size());
      for (int i = 0; i < node.size(); i++) {
        SettingValue item = scalar(node.get(i), pointer + "/" + i);
        items.add(item);
      }
      return new Items(items);
    }
    return scalar(node, pointer);
  }

  private static SettingValue scalar(JsonNode node, String pointer) {
    if (node.isBoolean()) {
      return new Bool(node.booleanValue());
    }
    if (node.isIntegralNumber()) {
      if (!node.canConvertToLong() || Math.abs(node.longValue()) > MOST) {
        throw DomainException.notValid(pointer, "A number is at most " + MOST + ".");
      }
      return new Int(node.longValue());
    }
    if (node.isTextual()) {
      return new Text(node.textValue());
    }
    if (node.isObject()
        && node.size() == 2
        && node.path("from").isInt()
        && node.path("to").isInt()) {
      return new PortRange(node.get("from").intValue(), node.get("to").intValue());
    }
    if (node.isObject()
        && node.path("addr").isTextual()
        && (node.size() == 1 || (node.size() == 2 && node.path("port").isInt()))) {
      return new ListenAddress(
          node.get("addr").textValue(), node.has("port") ? node.get("port").intValue() : null);
    }
    throw DomainException.notValid(
        pointer, "A value is true or false, a whole number, a text, or a list of these.");
  }

  default JsonNode toJson() {
    if (this instanceof Bool bool) {
      return BooleanNode.valueOf(bool.value());
    }
    if (this instanceof Int number) {
      return LongNode.valueOf(number.value());
    }
    if (this instanceof Text text) {
      return TextNode.valueOf(text.value());
    }
    if (this instanceof PortRange range) {
      return JsonNodeFactory.instance.objectNode().put("from", range.from()).put("to", range.to());
    }
    if (this instanceof ListenAddress address) {
      ObjectNode node = JsonNodeFactory.instance.objectNode().put("addr", address.addr());
      return address.port() == null ? node : node.put("port", address.port());
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    ((Items) this).items().forEach(item -> array.add(item.toJson()));
    return array;
  }

  /**
   * As a person writes it: {@code 1}, {@code bbr}, {@code 53 80 443}, {@code 8000-8010}, {@code
   * [2001:db8::1]:22}.
   */
  default String display() {
    if (this instanceof Bool bool) {
      return String.valueOf(bool.value());
    }
    if (this instanceof Int number) {
      return String.valueOf(number.value());
    }
    if (this instanceof Text text) {
      return text.value();
    }
    if (this instanceof PortRange range) {
      return range.from() + "-" + range.to();
    }
    if (this instanceof ListenAddress address) {
      boolean brackets = address.port() != null && address.addr().indexOf(':') >= 0;
      return (brackets ? "[" + address.addr() + "]" : address.addr())
          + (address.port() == null ? "" : ":" + address.port());
    }
    List<SettingValue> items = ((Items) this).items();
    return items.isEmpty()
        ? "none"
        : String.join(" ", items.stream().map(SettingValue::display).toList());
  }
}
