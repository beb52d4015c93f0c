package dev.palisade.profile;

import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Text;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What kind of value an operator supplies for a parameter. */
public enum ParameterType {
  /** The name of a network interface as the kernel accepts it, for example {@code enp3s0.100}. */
  INTERFACE,
  /** A port number. */
  PORT,
  /** An IPv4 or IPv6 address, or a network in CIDR notation. */
  ADDRESS,
  BOOLEAN,
  INTEGER,
  /** One of the listed values. */
  CHOICE;

  private static final Pattern INTERFACE_NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@:-]{0,14}");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 =
      Pattern.compile("(" + BYTE + "\\.){3}" + BYTE + "(/(3[0-2]|[12]?[0-9]))?");
  private static final Pattern IPV6_SHAPE =
      Pattern.compile("([0-9a-fA-F:.]+:[0-9a-fA-F:.]*)(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?");

  /** The word used in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type with this code, if there is one. */
  public static Optional<ParameterType> of(String code) {
    for (ParameterType type : values()) {
      if (type.code().equals(code)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Whether bounds may be given: a least and a greatest number. */
  public boolean isNumber() {
    return this == PORT || this == INTEGER;
  }

  /** What an operator's text says, whatever the bounds; empty where it is not of this type. */
  Optional<SettingValue> parse(String text) {
    return switch (this) {
      case INTERFACE ->
          INTERFACE_NAME.matcher(text).matches() && !text.equals("all") && !text.equals("default")
              ? Optional.of(new Text(text))
              : Optional.empty();
      case ADDRESS -> isAddress(text) ? Optional.of(new Text(text)) : Optional.empty();
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? Optional.of(new Bool(text.equals("true")))
              : Optional.empty();
      case PORT, INTEGER ->
          NUMBER.matcher(text).matches()
              ? Optional.of(new Int(Long.parseLong(text)))
              : Optional.empty();
      case CHOICE -> Optional.of(new Text(text));
    };
  }

  private static boolean isAddress(String text) {
    Matcher ipv6 = IPV6_SHAPE.matcher(text);
    if (!ipv6.matches()) {
      return IPV4.matcher(text).matches();
    }
    try {
      // a text with a colon is never looked up
      return InetAddress.getByName(ipv6.group(1)) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
