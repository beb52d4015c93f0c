package dev.palisade.audit.verdict;

import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code sysctl -a} prints: {@code key = value} lines, and complaints about keys that it
 * may not read. Everything else is refused, so that a mistaken upload is noticed. A key with
 * several values, which is how a file of several lines is printed, has no one value to judge and
 * counts as unreadable.
 */
public final class SysctlDump {

  private static final int MOST_KEYS = 200_000;
  private static final int LONGEST_LINE = 65_536;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final Pattern VALUE =
      Pattern.compile("([a-z0-9_][\\w./:@*-]*\\.[\\w./:@*-]+) ?= ?(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMPLAINT =
      Pattern.compile("sysctl: .*?(?:key|file) [\"'‘“]?([\\w./:@-]+).*");

  private SysctlDump() {}

  /**
   * Reads a dump.
   *
   * @throws DomainException {@link Problem#BAD_REQUEST} naming the first line that is no dump's
   */
  public static ReceivedEvidence read(byte[] body) {
    String text = text(body);
    Map<String, String> values = new HashMap<>();
    Set<String> unreadable = new HashSet<>();
    Set<String> doubled = new HashSet<>();
    StringBuilder kept = new StringBuilder(text.length());
    int secrets = 0;
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.length() > LONGEST_LINE) {
        throw refused(i, "is longer than " + LONGEST_LINE + " characters");
      }
      Matcher value = VALUE.matcher(line);
      Matcher complaint = COMPLAINT.matcher(line);
      if (value.matches()) {
        if (Catalog.isSecret(value.group(1))) {
          secrets++;
          continue;
        }
        String before = values.putIfAbsent(value.group(1), value.group(2));
        if (before != null && !before.strip().equals(value.group(2).strip())) {
          doubled.add(value.group(1));
        }
      } else if (complaint.matches()) {
        unreadable.add(dotted(complaint.group(1)));
      } else if (!line.isBlank() && !line.startsWith("sysctl: ")) {
        throw refused(i, "is not “key = value”");
      }
      kept.append(line).append('\n');
    }
    if (values.isEmpty()) {
      throw new DomainException(
          Problem.BAD_REQUEST, "There is no “key = value” line in it. Send what sysctl -a prints.");
    }
    if (values.size() > MOST_KEYS) {
      throw new DomainException(
          Problem.BAD_REQUEST, "At most " + MOST_KEYS + " keys are accepted.");
    }
    values.keySet().removeAll(doubled);
    unreadable.addAll(doubled);
    return new ReceivedEvidence(
        new Evidence(
            values, unreadable, null, null, null, null, null, null, secrets, Surroundings.NONE),
        kept.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new DomainException(
          Problem.BAD_REQUEST, "The body is not UTF-8 text. Send what sysctl -a prints.");
    }
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    if (text.chars()
        .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
      throw new DomainException(
          Problem.BAD_REQUEST,
          "The body holds control characters, so it is not text. Send what sysctl -a prints.");
    }
    return text;
  }

  /** A complaint may name the file under /proc/sys instead of the key. */
  private static String dotted(String name) {
    return name.startsWith("/proc/sys/")
        ? name.substring("/proc/sys/".length()).replace('/', '.')
        : name;
  }

  private static DomainException refused(int line, String what) {
    return new DomainException(
        Problem.BAD_REQUEST, "Line " + (line + 1) + " " + what + ". Send what sysctl -a prints.");
  }
}
