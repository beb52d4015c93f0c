package dev.palisade.catalog;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as the kernel reads them from {@code /proc/sys}: decimal, octal with a leading 0,
 * hexadecimal with 0x; what follows the number after a space is not read.
 */
public final class KernelNumber {

  private static final Pattern FORM =
      Pattern.compile("(-?)(?:0[xX]([0-9a-fA-F]{1,16})|(0[0-7]{1,20})|([0-9]{1,18}))(\\s.*)?");

  private KernelNumber() {}

  /** The number in decimal where it is written in another way; the text itself where it is not. */
  public static String decimal(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return text;
    }
    BigInteger number =
        form.group(2) != null
            ? new BigInteger(form.group(2), 16)
            : form.group(3) != null
                ? new BigInteger(form.group(3), 8)
                : new BigInteger(form.group(4));
    return number.signum() == 0 ? "0" : form.group(1) + number;
  }

  /**
   * The same for the text of a sysctl of this type: of one number, what follows it is dropped; of
   * several, each is read by itself; any other text is left as it stands.
   */
  public static String decimal(Setting setting, String text) {
    return switch (setting.type()) {
      case SWITCH, INT, BITMASK, CHOICE_INT -> decimal(text);
      case INT_VECTOR ->
          Pattern.compile("\\S+").matcher(text).replaceAll(word -> decimal(word.group()));
      default -> text;
    };
  }
}
