package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;
import dev.palisade.nix.NixScanner.NotLiteral;
import dev.palisade.nix.NixScanner.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the literal bindings of a Nix expression: attribute sets nested or dotted, lists, strings,
 * numbers and booleans, also within the module system's {@code mkIf}, {@code mkMerge}, {@code
 * mkDefault}, {@code mkForce}, {@code mkOverride}, {@code mkBefore}, {@code mkAfter} and {@code
 * mkOrder}, under names of {@code let}, and in modules that {@code imports} writes out. It
 * evaluates nothing; whatever else stands there is named and left out. A whole module, a bare set
 * and bare bindings are all read.
 */
public final class NixReader {

  static final String MORE = "The value is more than a literal; nothing is evaluated here.";
  static final int SHOWN = 80;

  private static final String NO_SEMICOLON =
      "A semicolon is missing after the value; Nix refuses the whole file.";

  private static final String OTHER_MODULE = "It is another file or module, which is not read.";

  /**
   * One literal binding.
   *
   * @param path attribute names from the outermost set to the innermost
   * @param value null for {@code null}
   * @param comment the comment lines right before it or before the run of bindings it stands in
   * @param leftOut elements of the list that are no literals, as they stand; the value lacks them
   */
  public record Binding(
      List<String> path,
      @Nullable SettingValue value,
      int line,
      String comment,
      Strength strength,
      List<String> leftOut) {}

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

  /** A value that was given a priority as a whole: it replaces the weaker ones of the same path. */
  public record Whole(int line, List<String> path, Strength strength) {}

  /**
   * What was read, and what was not.
   *
   * @param isModule whether the text is a whole module: a function, or a set with a module's names
   */
  public record Result(
      List<Binding> bindings,
      List<Note> notUnderstood,
      List<Note> readings,
      List<Whole> wholes,
      boolean isModule) {}

  private final NixScanner in;
  private final NixNames names;
  private final NixLiterals literals;
  private final NixFound found;
  private final NixValues values;
  private boolean isModule;

  private NixReader(String text, Predicate<List<String>> decisive) {
    this.in = new NixScanner(text);
    this.names = new NixNames(in);
    this.literals = new NixLiterals(in, names);
    this.found = new NixFound(in, decisive);
    this.values = new NixValues(in, names, literals, found, this::bindings);
  }

  /** Reads a whole text; never fails. */
  public static Result read(String text) {
    return read(text, path -> true);
  }

  /**
   * Reads a whole text; never fails.
   *
   * @param decisive tells of a path whether a note about it must not be lost among many others
   */
  public static Result read(String text, Predicate<List<String>> decisive) {
    NixReader reader = new NixReader(text, decisive);
    reader.module();
    return new Result(
        List.copyOf(reader.found.bindings),
        List.copyOf(reader.found.notUnderstood),
        List.copyOf(reader.found.readings),
        List.copyOf(reader.found.wholes),
        reader.isModule);
  }

  private void module() {
    in.skipSpace();
    boolean expression = head();
    if (expression || in.peek() == '{' || in.peek() == '(' || values.isCall()) {
      try {
        values.value(List.of(), Strength.PLAIN, 0, "");
        in.skipSpace();
        if (!in.isAtEnd()) {
          found.note(in.place(), "Only the first set is read.", List.of());
        }
      } catch (NotLiteral e) {
        found.note(in.place(), e.why(), List.of());
      }
      return;
    }
    while (!in.isAtEnd()) {
      bindings(List.of(), Strength.PLAIN, 0);
      if (!in.isAtEnd()) {
        found.note(in.place(), "A closing brace without an opening one.", List.of());
        in.next();
      }
    }
  }

  /**
   * What stands before a module's set: its arguments, {@code with}, {@code let}, {@code rec}.
   *
   * @return whether an expression follows, and no bare bindings
   */
  private boolean head() {
    boolean expression = false;
    boolean more = true;
    while (more) {
      in.skipSpace();
      if (in.isWord("let")) {
        names.let();
        expression = true;
      } else if (in.isWord("with") || in.isWord("assert")) {
        in.skipGroup();
      } else if (in.isFunctionHead()) {
        names.functionHead();
        isModule = true;
        expression = true;
      } else {
        more = false;
      }
    }
    in.skipSpace();
    return expression || in.isWord("rec");
  }

  /** Bindings up to a closing brace or the end; the brace is left for the caller. */
  private void bindings(List<String> outer, Strength strength, int depth) {
    Strength here = strength.in(found.nextSet());
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
    NixFound.Mark before = found.mark();
    NixNames.Scope scope = names.scope();
    List<String> path = new ArrayList<>(outer);
    values.nameAt(start.line());
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
      in.skipSpace();
      if (path.equals(List.of("imports"))) {
        imports(depth);
      } else {
        values.value(path, strength, depth, comment);
      }
      in.skipSpace();
      in.expect(';', in.peek() == '"' || in.isAtEnd() ? NO_SEMICOLON : MORE);
      if (found.bindings.size() == before.bindings() && found.empty.size() < 100_000) {
        found.empty.add(List.copyOf(path));
      }
    } catch (NotLiteral e) {
      found.note(start, e.why(), path);
      found.backTo(before);
      names.backTo(scope);
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
      path.add(in.peek() == '"' ? literals.string(0) : in.name());
      in.skipSpace();
      more = in.peek() == '.';
      if (more) {
        in.next();
        in.skipSpace();
      }
    }
  }

  /** The list of {@code imports}: modules that stand in it are read, all others are named. */
  private void imports(int depth) throws NotLiteral {
    boolean more = true;
    while (more) {
      in.skipSpace();
      if (in.peek() == '[') {
        in.next();
        in.skipSpace();
        while (in.peek() != ']') {
          imported(depth);
          in.skipSpace();
        }
        in.next();
      } else {
        Place start = in.place();
        String text = in.application();
        if (text.isEmpty()) {
          throw new NotLiteral(OTHER_MODULE);
        }
        found.note(start, text, OTHER_MODULE, List.of("imports"));
      }
      in.skipSpace();
      more = in.isAt("++");
      if (more) {
        in.next();
        in.next();
      }
    }
  }

  private void imported(int depth) throws NotLiteral {
    Place start = in.place();
    NixFound.Mark before = found.mark();
    NixNames.Scope scope = names.scope();
    if (in.peek() == '{' || in.peek() == '(' || in.isWord("rec")) {
      try {
        boolean bracketed = in.peek() == '(';
        if (bracketed) {
          in.next();
        }
        head();
        values.value(List.of(), Strength.PLAIN, depth + 1, "");
        in.skipSpace();
        if (bracketed) {
          in.expect(')', MORE);
        }
        isModule = true;
        return;
      } catch (NotLiteral e) {
        found.forget(before);
      } finally {
        names.backTo(scope);
      }
    }
    in.backTo(start);
    String text = in.argument();
    if (text.isEmpty()) {
      throw new NotLiteral(OTHER_MODULE);
    }
    found.note(start, shortened(text), OTHER_MODULE, List.of("imports"));
  }

  static String shortened(String shown) {
    String plain = shown.replaceAll("\\p{Cntrl}", " ").strip();
    return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
  }
}
