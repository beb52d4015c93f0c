package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;
import dev.palisade.nix.NixScanner.NotLiteral;
import dev.palisade.nix.NixScanner.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the literal bindings of a Nix expression: attribute sets nested or dotted, lists, strings,
 * numbers and booleans, also within the module system's {@code mkIf}, {@code mkMerge}, {@code
 * mkDefault}, {@code mkForce}, {@code mkOverride}, {@code mkBefore}, {@code mkAfter} and {@code
 * mkOrder}. It evaluates nothing; whatever else stands there is named and left out. A whole module,
 * a bare set and bare bindings are all read.
 */
public final class NixReader {

  static final String MORE = "The value is more than a literal; nothing is evaluated here.";

  private static final int MOST_DEPTH = 64;
  private static final int MOST_NOTES = 1_000;
  private static final int SHOWN = 80;
  private static final Set<String> CALLS =
      Set.of(
          "mkIf",
          "mkMerge",
          "mkDefault",
          "mkForce",
          "mkOverride",
          "mkBefore",
          "mkAfter",
          "mkOrder",
          "optionalAttrs");

  /**
   * One literal binding.
   *
   * @param path attribute names from the outermost set to the innermost
   * @param value null for {@code null}
   * @param comment the comment lines right before it or before the run of bindings it stands in
   */
  public record Binding(
      List<String> path,
      @Nullable SettingValue value,
      int line,
      String comment,
      Strength strength) {}

  /**
   * A place that was left out or read in a way that its author should know.
   *
   * @param path the names of the binding; empty where it has none
   */
  public record Note(int line, String text, String why, List<String> path) {

    public Note(int line, String text, String why) {
      this(line, text, why, List.of());
    }
  }

  /**
   * What was read, and what was not.
   *
   * @param isModule whether the text is a whole module: a function, or a set with a module's names
   */
  public record Result(
      List<Binding> bindings, List<Note> notUnderstood, List<Note> readings, boolean isModule) {}

  private final NixScanner in;
  private final NixLiterals literals;
  private final List<Binding> bindings = new ArrayList<>();
  private final List<Note> notUnderstood = new ArrayList<>();
  private final List<Note> readings = new ArrayList<>();
  private boolean isModule;
  private int sets;
  private int nameLine = 1;

  private NixReader(String text) {
    this.in = new NixScanner(text);
    this.literals = new NixLiterals(in);
  }

  /** Reads a whole text; never fails. */
  public static Result read(String text) {
    NixReader reader = new NixReader(text);
    reader.module();
    return new Result(
        List.copyOf(reader.bindings),
        List.copyOf(reader.notUnderstood),
        List.copyOf(reader.readings),
        reader.isModule);
  }

  private void module() {
    in.skipSpace();
    head();
    Place start = in.place();
    boolean call = !in.takeCall(CALLS).isEmpty();
    in.backTo(start);
    if (in.peek() == '{' || in.peek() == '(' || call) {
      try {
        value(List.of(), Strength.PLAIN, 0, "");
        in.skipSpace();
        if (in.isAt("//") || in.isAt("++")) {
          bindings.clear();
          throw new NotLiteral("The set is changed by another one after it: " + MORE);
        }
        if (!in.isAtEnd()) {
          note(in.place(), "Only the first set is read.", List.of());
        }
      } catch (NotLiteral e) {
        note(in.place(), e.why(), List.of());
      }
      return;
    }
    while (!in.isAtEnd()) {
      bindings(List.of(), Strength.PLAIN, 0);
      if (!in.isAtEnd()) {
        note(in.place(), "A closing brace without an opening one.", List.of());
        in.next();
      }
    }
  }

  /** What stands before a module's set: its arguments, {@code with}, {@code let}, {@code rec}. */
  private void head() {
    boolean more = true;
    while (more) {
      in.skipSpace();
      if (in.isWord("let") || in.isWord("with") || in.isWord("assert")) {
        in.skipGroup();
      } else if (in.isFunctionHead()) {
        in.skipFunctionHead();
        isModule = true;
      } else {
        more = in.skipWord("rec");
      }
    }
    in.skipSpace();
  }

  /** Bindings up to a closing brace or the end; the brace is left for the caller. */
  private void bindings(List<String> outer, Strength strength, int depth) {
    Strength here =
        new Strength(strength.priority(), strength.order(), strength.condition(), ++sets);
    String runComment = "";
    in.skipSpace();
    while (!in.isAtEnd() && in.peek() != '}') {
      String comment = in.takeComment();
      boolean apart = in.takeBlankLine();
      if (!comment.isEmpty()) {
        runComment = comment;
      } else if (apart) {
        runComment = "";
      }
      binding(outer, here, depth, runComment);
      in.takeBlankLine();
      in.skipSpace();
    }
  }

  private void binding(List<String> outer, Strength strength, int depth, String comment) {
    Place start = in.place();
    int before = bindings.size();
    int readBefore = readings.size();
    List<String> path = new ArrayList<>(outer);
    nameLine = start.line();
    try {
      if (in.isWord("inherit")) {
        throw new NotLiteral("What “inherit” takes over is defined elsewhere.");
      }
      path(path);
      if (outer.isEmpty()) {
        isModule |= Set.of("config", "imports", "options").contains(path.get(0));
      }
      in.skipSpace();
      if (in.peek() != '=') {
        throw new NotLiteral("Only “name = value;” is read.");
      }
      in.next();
      value(path, strength, depth, comment);
      in.skipSpace();
      in.expect(';', MORE);
    } catch (NotLiteral e) {
      note(start, e.why(), path);
      bindings.subList(before, bindings.size()).clear();
      readings.subList(readBefore, readings.size()).clear();
      if (in.isAtEnd()) {
        return; // what is open here stays open to the end: there is nothing to come back to
      }
      in.backTo(start);
      in.skipBalancedTo(';');
      if (in.peek() == ';') {
        in.next();
      }
    }
  }

  private void path(List<String> path) throws NotLiteral {
    boolean more = true;
    while (more) {
      path.add(in.peek() == '"' ? in.string() : in.name());
      in.skipSpace();
      more = in.peek() == '.';
      if (more) {
        in.next();
        in.skipSpace();
      }
    }
  }

  /** A value: a set whose bindings are read one by one, or a literal, under what stands before. */
  private void value(List<String> path, Strength strength, int depth, String comment)
      throws NotLiteral {
    in.skipSpace();
    int line = in.line();
    if (depth > MOST_DEPTH) {
      throw new NotLiteral("It is nested too deeply.");
    }
    String call = in.takeCall(CALLS);
    if (!call.isEmpty()) {
      in.skipSpace();
      called(call, line, path, strength, depth, comment);
    } else if (in.isWord("let") || in.isWord("with") || in.isWord("assert")) {
      in.skipGroup();
      value(path, strength, depth + 1, comment);
    } else if (in.skipWord("rec")) {
      value(path, strength, depth + 1, comment);
    } else if (in.isFunctionHead()) {
      throw new NotLiteral("The value is a function; nothing is evaluated here.");
    } else if (in.peek() == '(') {
      in.next();
      value(path, strength, depth + 1, comment);
      in.skipSpace();
      in.expect(')', MORE);
    } else if (in.peek() == '{') {
      in.next();
      bindings(path, strength, depth + 1);
      in.expect('}', "The set does not end.");
    } else if (path.isEmpty()) {
      throw new NotLiteral("A set is expected here.");
    } else {
      bindings.add(
          new Binding(List.copyOf(path), literals.expression(depth), nameLine, comment, strength));
    }
  }

  private void called(
      String call, int line, List<String> path, Strength given, int depth, String comment)
      throws NotLiteral {
    switch (call) {
      case "mkMerge" -> merged(path, given, depth, comment);
      case "mkIf", "optionalAttrs" -> {
        String condition = shortened(in.argument().replaceAll("\\s+", " "));
        if (condition.isEmpty()) {
          throw new NotLiteral("A condition is expected after “" + call + "”.");
        }
        if (condition.equals("false")) {
          throw new NotLiteral("Its condition is false, so that it is never in force.");
        }
        value(path, condition.equals("true") ? given : given.within(condition), depth + 1, comment);
      }
      case "mkBefore", "mkAfter", "mkOrder" -> {
        int order = call.equals("mkBefore") ? 500 : call.equals("mkAfter") ? 1500 : argument();
        readings.add(new Note(line, call, "Its place among the elements of a merged list."));
        value(
            path,
            new Strength(given.priority(), order, given.condition(), given.set()),
            depth + 1,
            comment);
      }
      default -> {
        int priority = call.equals("mkForce") ? 50 : call.equals("mkDefault") ? 1000 : argument();
        if (readings.size() < MOST_NOTES) {
          readings.add(
              new Note(line, call, "Read without it: strength is the version’s “mandatory”."));
        }
        value(
            path,
            new Strength(priority, given.order(), given.condition(), given.set()),
            depth + 1,
            comment);
      }
    }
  }

  /** The number after {@code mkOverride} or {@code mkOrder}. */
  private int argument() throws NotLiteral {
    boolean bracketed = in.peek() == '(';
    if (bracketed) {
      in.next();
      in.skipSpace();
    }
    int number = (int) in.number().value();
    if (bracketed) {
      in.skipSpace();
      in.expect(')', MORE);
    }
    return number;
  }

  /** The elements of {@code mkMerge}, each by itself; what is not understood is named. */
  private void merged(List<String> path, Strength strength, int depth, String comment)
      throws NotLiteral {
    in.expect('[', "A list is expected after “mkMerge”.");
    in.skipSpace();
    while (in.peek() != ']') {
      if (in.isAtEnd() || in.peek() == '}' || in.peek() == ')') {
        throw new NotLiteral("The list does not end.");
      }
      Place start = in.place();
      int before = bindings.size();
      try {
        value(
            path,
            new Strength(strength.priority(), strength.order(), strength.condition(), ++sets),
            depth + 1,
            comment);
      } catch (NotLiteral e) {
        note(start, e.why(), path);
        bindings.subList(before, bindings.size()).clear();
        in.backTo(start);
        if (in.argument().isEmpty()) {
          throw e;
        }
      }
      in.skipSpace();
    }
    in.next();
  }

  private void note(Place place, String why, List<String> path) {
    if (notUnderstood.size() < MOST_NOTES) {
      notUnderstood.add(
          new Note(place.line(), shortened(in.lineFrom(place, SHOWN)), why, List.copyOf(path)));
    }
  }

  static String shortened(String shown) {
    String plain = shown.replaceAll("\\p{Cntrl}", " ").strip();
    return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
  }
}
