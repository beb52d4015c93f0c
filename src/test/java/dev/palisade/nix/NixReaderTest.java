package dev.palisade.nix;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.palisade.nix.NixReader.Binding;
import dev.palisade.nix.NixReader.Note;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NixReaderTest {

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("a = 1;", "a=1"),
        arguments("a.b.\"c.d\" = -5;", "a.b.c.d=-5"),
        arguments("a = true; b = false;", "a=true b=false"),
        arguments("a = \"x\\\"y\\t\\${z}$$\";", "a=x\"y\t${z}$$"),
        arguments("{ a = 1; }", "a=1"),
        arguments("{ config, lib, ... }: { a = 1; }", "a=1"),
        arguments("args@{ lib, ... }: { a = 1; }", "a=1"),
        arguments("{ lib }: { config = { a.b = { c = 2; }; }; }", "config.a.b.c=2"),
        arguments("a = lib.mkDefault 1; b = mkForce (2); c = lib.mkOverride 900 3;", "a=1 b=2 c=3"),
        arguments("a = lib.mkForce { b = 1; }; c = mkOverride 10 ({ d = 2; });", "a.b=1 c.d=2"),
        arguments("a = lib.mkIf x { b = 1; }; c = 2;", "a.b=1 c=2"),
        arguments("{ config, lib, ... }@args: { a = 1; }", "a=1"),
        arguments("{ pkgs ? import ./p { x = \"}\"; }, ... }: { a = 1; }", "a=1"),
        arguments("args @ { ... }: { a = 1; }", "a=1"),
        arguments("{ ... } @ args: { a = 1; }", "a=1"),
        arguments("lib: { a = 1; }", "a=1"),
        arguments("inputs: { lib, ... }: { a = 1; }", "a=1"),
        arguments("{ ... }: let x = let y = 1; in y; in { a = 1; }", "a=1"),
        arguments("{ lib, ... }: let inherit (lib) mkIf; in with lib; { a = 1; }", "a=1"),
        arguments("{ ... }: { a = let b = 1; in 2; c = with x; 3; }", "a=2 c=3"),
        arguments("{ lib, ... }: lib.mkMerge [ { a = 1; } (lib.mkIf c { b = 2; }) x ]", "a=1 b=2"),
        arguments(
            "a = mkIf (c && d) (mkForce 1); b = mkIf c.x or false 2; c = mkIf false 3;", "a=1 b=2"),
        arguments("a = f (x: ''}'' + \"${\"}\"};\"); b = 2;", "b=2"),
        arguments("a = with pkgs; [ vim ]; b = let c = 1; in c; d = 4;", "a=none b=1 d=4"),
        arguments("{ a = 1; } // { a = 2; }", "a=2"),
        arguments("a = rec { b = 1; };", "a.b=1"),
        arguments("{ lib, ... }: with lib; { a = 1; }", "a=1"),
        arguments("{ ... }: let x = 1; y = { z = 2; }; in rec { a = 1; b = x; }", "a=1 b=1"),
        arguments("letter = 1; within = 2; record = 3;", "letter=1 within=2 record=3"),
        arguments("a = mkForce;", ""),
        arguments("a = [ 53 80 ]; b = [ ];", "a=53 80 b=none"),
        arguments("a = [ { from = 1; to = 2; } ];", "a=1-2"),
        arguments(
            "a = [ { addr = \"10.0.0.5\"; } { port = 22; addr = \"::1\"; } ];",
            "a=10.0.0.5 [::1]:22"),
        arguments("a = (((1)));", "a=1"),
        arguments("a /* one */ = # two\n 1;", "a=1"),
        arguments("a = 1; b = foo; c = 3;", "a=1 c=3"),
        arguments("a = 1 + 2; b = 2;", "b=2"),
        arguments("a = \"${x}\"; b = ''\n  x\n  y'';", "b=x\ny"),
        arguments("inherit x; b = 2;", "b=2"),
        arguments("inherit (y.z) x; b = 2;", "b=2"),
        arguments("with lib; b = 2;", "b=2"),
        arguments("x = { a = bar { y = \"};\"; }; b = 2; };", "x.b=2"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void readsLiteralsAndLeavesOutTheRest(String text, String expected) {
    assertThat(
            NixReader.read(text).bindings().stream()
                .map(b -> String.join(".", b.path()) + "=" + requireNonNull(b.value()).display())
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = builtins.readFile \"/etc/passwd\";",
        "a = \"${builtins.readFile \"/etc/passwd\"}\";",
        "a = import ./x.nix;",
        "a = 1.5;",
        "a = 99999999999999999999;",
        "a = [ [ 1 ] ];",
        "a = \"no end;",
        "a",
        "= 1;",
      })
  void namesWhatIsNoLiteral(String text) {
    NixReader.Result read = NixReader.read("first = 0;\n" + text);
    assertThat(read.bindings()).extracting(b -> b.path().get(0)).containsExactly("first");
    assertThat(read.notUnderstood()).isNotEmpty();
    assertThat(read.notUnderstood().get(0).line()).isEqualTo(2);
    assertThat(read.notUnderstood()).extracting(Note::why).allMatch(why -> !why.isBlank());
  }

  @Test
  void keepsTheCommentOfARunOfBindings() {
    List<Binding> bindings =
        NixReader.read(
                """
                # Both of them
                a = 1;
                b = 2; # trailing

                c = 3;
                """)
            .bindings();
    assertThat(bindings)
        .extracting(b -> b.comment().strip())
        .containsExactly("Both of them", "Both of them", "");
    assertThat(bindings).extracting(Binding::line).containsExactly(2, 3, 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "a={",
        "a=[",
        "(",
        "}",
        "a=(",
        "\"",
        "''",
        "{}:",
        "a.",
        "/*",
        "[{from=",
        "let ",
        "a=b.",
        "a=mkForce ",
        "a=(b;"
      })
  void aMillionOfAnythingIsReadInTime(String part) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> NixReader.read(part.repeat(1_000_000 / part.length())));
  }

  @Property(tries = 2_000)
  void readsAnyText(
      @ForAll
          @StringLength(max = 60)
          @Chars({
            '{', '}', '[', ']', '(', ')', '=', ';', '.', '"', '\'', '#', '/', '*', '$', '\\', 'a',
            '1', '-', ' ', '\n', ':', '@'
          })
          String text) {
    NixReader.Result read = NixReader.read(text);
    assertThat(read.bindings()).allMatch(b -> !b.path().isEmpty() && b.line() >= 1);
  }
}
