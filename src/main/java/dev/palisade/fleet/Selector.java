package dev.palisade.fleet;

import dev.palisade.core.DomainException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Picks hosts by name and labels.
 *
 * <pre>
 * e := e or e | e and e | not e | (e) | all | f | f op v | f in (v, …)
 * </pre>
 *
 * <p>{@code not} binds tighter than {@code and}, {@code and} tighter than {@code or}; {@code op} is
 * one of {@code = != < <= > >=}; {@code f} is {@code name}, {@code fact.x} or a label ({@code x}
 * means {@code label.x}), alone it tests presence; {@code v} is {@code [A-Za-z0-9._:/-]+} or
 * quoted. Ordering compares dotted numbers. A label that the host does not have satisfies no
 * comparison but {@code !=}.
 */
public final class Selector {

  private static final int MOST_CHARACTERS = 4_000;
  private static final int MOST_DEPTH = 50;
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:([A-Za-z0-9._:/-]+)|\"([^\"]*)\"|(<=|>=|!=|[=<>(),]))");
  private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "all");
  private static final Set<String> COMPARISONS = Set.of("=", "!=", "<", "<=", ">", ">=");

  private interface Test {
    boolean matches(Map<String, String> fields);
  }

  private record Token(String text, boolean quoted, boolean sign) {}

  private final String text;
  private final Test test;

  private Selector(String text, Test test) {
    this.text = text;
    this.test = test;
  }

  /**
   * Reads a selector.
   *
   * @throws DomainException naming the place at which it cannot be read
   */
  public static Selector parse(String text) {
    if (text == null || text.isBlank()) {
      throw DomainException.notValid("/selector", "A selector is missing; “all” means every host.");
    }
    if (text.length() > MOST_CHARACTERS) {
      throw DomainException.notValid(
          "/selector", "A selector has at most " + MOST_CHARACTERS + " characters.");
    }
    Parser parser = new Parser(tokens(text));
    Test test = parser.either(0);
    parser.expectEnd();
    return new Selector(text.strip(), test);
  }

  /** The selector that picks exactly one host. */
  public static Selector named(String name) {
    return parse("name = \"" + name + "\"");
  }

  public boolean matches(Host host) {
    return matches(host.getName(), host.getLabels(), host.getFacts());
  }

  boolean matches(String name, Map<String, String> labels, Map<String, String> facts) {
    Map<String, String> fields = new java.util.HashMap<>();
    facts.forEach((fact, value) -> fields.put("fact." + fact, value));
    labels.forEach((label, value) -> fields.put("label." + label, value));
    fields.put("name", name);
    return test.matches(fields);
  }

  @Override
  public String toString() {
    return text;
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length() && !text.substring(at).isBlank()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw unreadable(
            "at character "
                + (at + 1)
                + ": “"
                + text.substring(at, Math.min(text.length(), at + 20)).strip()
                + "”");
      }
      if (matcher.group(1) != null) {
        tokens.add(new Token(matcher.group(1), false, false));
      } else if (matcher.group(2) != null) {
        tokens.add(new Token(matcher.group(2), true, false));
      } else {
        tokens.add(new Token(matcher.group(3), false, true));
      }
      at = matcher.end();
    }
    return tokens;
  }

  private static DomainException unreadable(String where) {
    return DomainException.notValid("/selector", "The selector cannot be read " + where + ".");
  }

  /** Compares dotted numbers part by part; text that is not a dotted number compares as text. */
  static int compare(String a, String b) {
    String[] left = a.split("\\.", -1);
    String[] right = b.split("\\.", -1);
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      String x = i < left.length ? left[i] : "0";
      String y = i < right.length ? right[i] : "0";
      boolean numbers = x.matches("[0-9]+") && y.matches("[0-9]+");
      int order = numbers ? new BigInteger(x).compareTo(new BigInteger(y)) : x.compareTo(y);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static final class Parser {
    private final List<Token> tokens;
    private int at;

    Parser(List<Token> tokens) {
      this.tokens = tokens;
    }

    Test either(int depth) {
      Test left = both(depth);
      while (keyword("or")) {
        Test first = left;
        Test second = both(depth);
        left = fields -> first.matches(fields) || second.matches(fields);
      }
      return left;
    }

    private Test both(int depth) {
      Test left = one(depth);
      while (keyword("and")) {
        Test first = left;
        Test second = one(depth);
        left = fields -> first.matches(fields) && second.matches(fields);
      }
      return left;
    }

    private Test one(int depth) {
      if (depth > MOST_DEPTH) {
        throw unreadable("because it is nested too deeply");
      }
      if (keyword("not")) {
        Test inner = one(depth + 1);
        return fields -> !inner.matches(fields);
      }
      if (sign("(")) {
        Test inner = either(depth + 1);
        if (!sign(")")) {
          throw here("“)”");
        }
        return inner;
      }
      if (keyword("all")) {
        return fields -> true;
      }
      return field();
    }

    private Test field() {
      if (at >= tokens.size() || tokens.get(at).sign() || tokens.get(at).quoted() || isKeyword()) {
        throw here("“name” or a label");
      }
      String field = qualified(tokens.get(at++).text());
      if (keyword("in")) {
        Set<String> values = values();
        return fields -> fields.containsKey(field) && values.contains(fields.get(field));
      }
      if (at < tokens.size()
          && tokens.get(at).sign()
          && COMPARISONS.contains(tokens.get(at).text())) {
        String op = tokens.get(at++).text();
        String value = value();
        return fields -> holds(fields.get(field), op, value);
      }
      return fields -> fields.containsKey(field);
    }

    private Set<String> values() {
      if (!sign("(")) {
        throw here("“(”");
      }
      Set<String> values = new java.util.HashSet<>();
      do {
        values.add(value());
      } while (sign(","));
      if (!sign(")")) {
        throw here("“)”");
      }
      return values;
    }

    private String value() {
      if (at >= tokens.size() || tokens.get(at).sign()) {
        throw here("a value");
      }
      return tokens.get(at++).text();
    }

    void expectEnd() {
      if (at < tokens.size()) {
        throw here("the end, “and” or “or”");
      }
    }

    private boolean isKeyword() {
      return KEYWORDS.contains(tokens.get(at).text().toLowerCase(Locale.ROOT));
    }

    private boolean keyword(String word) {
      if (at < tokens.size() && !tokens.get(at).quoted() && tokens.get(at).text().equals(word)) {
        at++;
        return true;
      }
      return false;
    }

    private boolean sign(String sign) {
      if (at < tokens.size() && tokens.get(at).sign() && tokens.get(at).text().equals(sign)) {
        at++;
        return true;
      }
      return false;
    }

    private DomainException here(String wanted) {
      String found = at < tokens.size() ? "at “" + tokens.get(at).text() + "”" : "at its end";
      return unreadable(found + ": " + wanted + " was expected");
    }

    private static String qualified(String field) {
      return field.equals("name") || field.startsWith("label.") || field.startsWith("fact.")
          ? field
          : "label." + field;
    }

    private static boolean holds(String actual, String op, String value) {
      if (actual == null) {
        return op.equals("!=");
      }
      return switch (op) {
        case "=" -> actual.equals(value);
        case "!=" -> !actual.equals(value);
        case "<" -> compare(actual, value) < 0;
        case "<=" -> compare(actual, value) <= 0;
        case ">" -> compare(actual, value) > 0;
        default -> compare(actual, value) >= 0;
      };
    }
  }
}
