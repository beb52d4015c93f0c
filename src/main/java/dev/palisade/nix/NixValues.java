package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;
import dev.palisade.nix.NixReader.Binding;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.nix.NixReader.Whole;
import dev.palisade.nix.NixScanner.NotLiteral;
import dev.palisade.nix.NixScanner.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the value of a binding: a set, a literal, or what the module system's functions wrap. */
final class NixValues {

  static final Set<String> PROPERTIES =
      Set.of(
          "mkIf",
          "mkMerge",
          "mkDefault",
          "mkForce",
          "mkOverride",
          "mkOptionDefault",
          "mkImageMediaOverride",
          "mkVMOverride",
          "mkBefore",
          "mkAfter",
          "mkOrder");
  private static final Set<String> OTHERS =
      Set.of("optionalAttrs", "optionals", "optional", "mapAttrs");
  private static final Pattern EACH =
      Pattern.compile(
          "\\(\\s*[\\w']+\\s*:\\s*(?:([\\w']+)\\s*:\\s*)?(?:lib\\.)?(mkDefault|mkForce|mkOptionDefault"
              + "|\\(?(?:lib\\.)?mkOverride\\s+([0-9]{1,5})\\)?)\\s*([\\w']*)\\s*\\)");
  private static final int MOST_DEPTH = 64;

  /** Reads the bindings of a set up to its closing brace. */
  interface Bindings {
    void read(List<String> outer, Strength strength, int depth);
  }

  private final NixScanner in;
  private final NixNames names;
  private final NixLiterals literals;
  private final NixFound found;
  private final Bindings bindings;
  private int nameLine = 1;

  NixValues(
      NixScanner in, NixNames names, NixLiterals literals, NixFound found, Bindings bindings) {
    this.in = in;
    this.names = names;
    this.literals = literals;
    this.found = found;
    this.bindings = bindings;
  }

  /** Says in which line the name of the next value stands. */
  void nameAt(int line) {
    nameLine = line;
  }

  /** Whether one of the functions stands here that are read through. */
  boolean isCall() {
    Place start = in.place();
    boolean call = !in.takeCall(PROPERTIES).isEmpty() || !in.takeCall(OTHERS).isEmpty();
    in.backTo(start);
    return call;
  }

  /** A whole expression: what stands here, and the sets and lists that are laid over or added. */
  void value(List<String> path, Strength strength, int depth, String comment) throws NotLiteral {
    NixNames.Scope scope = names.scope();
    NixFound.Mark left = found.mark();
    Place start = in.place();
    boolean property = isProperty();
    try {
      try {
        operand(path, strength, depth, comment);
      } catch (NotLiteral e) {
        if (path.isEmpty() || in.isAtEnd()) {
          throw e;
        }
        found.backTo(left);
        in.backTo(start);
        String text = in.application();
        if (text.isEmpty() || !in.isAt("++")) {
          throw e;
        }
        add(path, new SettingValue.Items(List.of()), comment, strength, List.of(text));
      }
      in.skipSpace();
      while (in.isAt("++") || in.isAt("//")) {
        boolean lists = in.isAt("++");
        in.next();
        in.next();
        in.skipSpace();
        Strength right = strength.in(found.nextSet());
        if (property || isProperty()) {
          throw new NotLiteral(
              (lists ? "“++”" : "“//”")
                  + " beside “mkIf” or its like does not merge; it is not read.");
        } else if (lists) {
          appended(path, right, depth, comment);
        } else {
          NixFound.Mark later = found.mark();
          operand(path, right, depth + 1, comment);
          found.update(left, later, path.size());
        }
        in.skipSpace();
      }
    } catch (NotLiteral e) {
      found.backTo(left);
      throw e;
    } finally {
      names.backTo(scope);
    }
  }

  private boolean isProperty() {
    Place start = in.place();
    boolean property = !in.takeCall(PROPERTIES).isEmpty();
    in.backTo(start);
    return property;
  }

  private void appended(List<String> path, Strength strength, int depth, String comment)
      throws NotLiteral {
    NixFound.Mark before = found.mark();
    Place start = in.place();
    try {
      operand(path, strength, depth + 1, comment);
    } catch (NotLiteral e) {
      found.backTo(before);
      in.backTo(start);
      String text = in.application();
      if (text.isEmpty() || path.isEmpty()) {
        throw e;
      }
      add(path, new SettingValue.Items(List.of()), comment, strength, List.of(text));
    }
  }

  private void operand(List<String> path, Strength strength, int depth, String comment)
      throws NotLiteral {
    in.skipSpace();
    if (depth > MOST_DEPTH) {
      throw new NotLiteral("It is nested too deeply.");
    }
    int line = in.line();
    String call = in.takeCall(PROPERTIES);
    call = call.isEmpty() ? in.takeCall(OTHERS) : call;
    if (!call.isEmpty()) {
      in.skipSpace();
      called(call, line, path, strength, depth, comment);
    } else if (in.isWord("let")) {
      names.let();
      in.skipSpace();
      value(path, strength, depth + 1, comment);
    } else if (in.isWord("with") || in.isWord("assert")) {
      in.skipGroup();
      in.skipSpace();
      value(path, strength, depth + 1, comment);
    } else if (in.skipWord("rec")) {
      in.skipSpace();
      if (in.peek() == '{') {
        names.rec();
      }
      operand(path, strength, depth + 1, comment);
    } else if (in.isFunctionHead()) {
      throw new NotLiteral("The value is a function; nothing is evaluated here.");
    } else if (in.peek() == '(') {
      in.next();
      in.skipSpace();
      value(path, strength, depth + 1, comment);
      in.skipSpace();
      in.expect(')', NixReader.MORE);
    } else if (in.peek() == '{') {
      in.next();
      bindings.read(path, strength, depth + 1);
      in.expect('}', "The set does not end.");
    } else if (!named(path, strength, depth, comment)) {
      if (path.isEmpty()) {
        throw new NotLiteral("A set is expected here.");
      }
      List<String> leftOut = new ArrayList<>();
      SettingValue value =
          in.peek() == '[' ? literals.list(depth, leftOut) : literals.expression(depth);
      add(path, value, comment, strength, leftOut);
    }
  }

  /** Whether a name stands here that stands for another place, which was read then. */
  private boolean named(List<String> path, Strength strength, int depth, String comment)
      throws NotLiteral {
    Place start = in.place();
    List<String> name = new ArrayList<>();
    if (!NixScanner.isNameCharacter(in.peek()) || names.scope() == null) {
      return false;
    }
    name.add(in.name());
    while (in.peek() == '.') {
      in.next();
      name.add(in.peek() == '"' ? in.string() : in.name());
    }
    Optional<NixNames.Target> target = names.find(name);
    if (target.isEmpty()) {
      in.backTo(start);
      return false;
    }
    names.at(
        target.get(),
        () -> {
          in.skipSpace();
          value(path, strength, depth + 1, comment);
          return null;
        });
    return true;
  }

  private void add(
      List<String> path,
      @Nullable SettingValue value,
      String comment,
      Strength strength,
      List<String> leftOut) {
    found.bindings.add(
        new Binding(List.copyOf(path), value, nameLine, comment, strength, List.copyOf(leftOut)));
  }

  private void called(
      String call, int line, List<String> path, Strength given, int depth, String comment)
      throws NotLiteral {
    switch (call) {
      case "mkMerge" -> merged(path, given, depth, comment);
      case "mkIf", "optionalAttrs", "optionals", "optional" -> {
        String condition = NixReader.shortened(in.argument().replaceAll("\\s+", " "));
        in.skipSpace();
        if (condition.isEmpty()) {
          throw new NotLiteral("A condition is expected after “" + call + "”.");
        }
        if (condition.equals("false") && !call.equals("mkIf")) {
          in.argument();
          return;
        }
        if (condition.equals("false")) {
          throw new NotLiteral("Its condition is false, so that it is never in force.");
        }
        Strength within = condition.equals("true") ? given : given.within(condition);
        if (call.equals("optional")) {
          SettingValue one = literals.expression(depth);
          if (one == null || one instanceof SettingValue.Items) {
            throw new NotLiteral("A list holds plain values only.");
          }
          add(path, new SettingValue.Items(List.of(one)), comment, within, List.of());
        } else {
          operand(path, within, depth + 1, comment);
        }
      }
      case "mapAttrs" -> each(path, given, depth, comment);
      case "mkBefore", "mkAfter", "mkOrder" -> {
        int order =
            call.equals("mkBefore") ? 500 : call.equals("mkAfter") ? 1500 : literals.argument();
        found.tell(new Note(line, call, "Its place among the elements of a merged list."));
        in.skipSpace();
        operand(path, given.at(order), depth + 1, comment);
      }
      default -> {
        int priority =
            switch (call) {
              case "mkForce" -> 50;
              case "mkDefault" -> 1000;
              case "mkOptionDefault" -> 1500;
              case "mkImageMediaOverride" -> 60;
              case "mkVMOverride" -> 10;
              default -> literals.argument();
            };
        found.tell(new Note(line, call, "Read without it: strength is the version’s “mandatory”."));
        in.skipSpace();
        Strength strength = given.overridden(path.size(), priority);
        found.wholes.add(new Whole(line, List.copyOf(path), strength));
        operand(path, strength, depth + 1, comment);
      }
    }
  }

  /** {@code mapAttrs (_: mkDefault) { … }}: every member of the set has the priority. */
  private void each(List<String> path, Strength given, int depth, String comment)
      throws NotLiteral {
    Matcher function = EACH.matcher(in.argument());
    if (!function.matches()
        || !function.group(4).equals(function.group(1) == null ? "" : function.group(1))) {
      throw new NotLiteral(NixReader.MORE);
    }
    int priority =
        function.group(3) != null
            ? Integer.parseInt(function.group(3))
            : function.group(2).equals("mkForce")
                ? 50
                : function.group(2).equals("mkDefault") ? 1000 : 1500;
    in.skipSpace();
    int before = found.bindings.size();
    operand(path, given, depth + 1, comment);
    List<Binding> read = found.bindings.subList(before, found.bindings.size());
    read.replaceAll(
        b ->
            new Binding(
                b.path(),
                b.value(),
                b.line(),
                b.comment(),
                b.strength().overridden(path.size() + 1, priority),
                b.leftOut()));
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
      NixFound.Mark before = found.mark();
      try {
        operand(path, strength.in(found.nextSet()), depth + 1, comment);
      } catch (NotLiteral e) {
        found.note(start, e.why(), path);
        found.backTo(before);
        in.backTo(start);
        if (in.argument().isEmpty()) {
          throw e;
        }
      }
      in.skipSpace();
    }
    in.next();
  }
}
