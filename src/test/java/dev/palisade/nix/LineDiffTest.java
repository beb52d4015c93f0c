package dev.palisade.nix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.nix.LineDiff.Line;
import dev.palisade.nix.LineDiff.Mark;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LineDiffTest {

  private static final int ALL = 1_000;

  private static String shown(List<Line> lines) {
    return lines.stream()
        .map(line -> line.mark().sign() + line.text())
        .collect(Collectors.joining("|"));
  }

  @Test
  void showsWhatWasRemovedBeforeWhatWasAdded() {
    assertThat(shown(LineDiff.between("a\nb\nc\n", "a\nx\nc\n", ALL))).isEqualTo(" a|-b|+x| c");
    assertThat(shown(LineDiff.between("", "a\nb\n", ALL))).isEqualTo("+a|+b");
    assertThat(shown(LineDiff.between("a\nb\n", "", ALL))).isEqualTo("-a|-b");
    assertThat(shown(LineDiff.between("a\nb\nc\nd\n", "b\nd\ne\n", ALL)))
        .isEqualTo("-a| b|-c| d|+e");
  }

  @Test
  void equalTextsHaveNoLines() {
    assertThat(LineDiff.between("a\nb\n", "a\nb\n", 3)).isEmpty();
    assertThat(LineDiff.between("", "", 3)).isEmpty();
  }

  @Test
  void countsWhatItLeavesOut() {
    String from = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    assertThat(shown(LineDiff.between(from, from.replace("5", "x"), 1)))
        .isEqualTo("…3 lines are the same| 4|-5|+x| 6|…3 lines are the same");
    assertThat(shown(LineDiff.between(from, from.replace("3", "x"), 1)))
        .as("one line is shown rather than counted")
        .startsWith(" 1| 2|-3|+x| 4|…5");
  }

  @Test
  void textsOfManyLinesAreComparedAsAWhole() {
    String from = numbers(0, 3_000);
    String to = numbers(5_000, 8_000);
    assertThat(LineDiff.between("same\n" + from, "same\n" + to, 0)).hasSize(6_001);
  }

  private static String numbers(int first, int end) {
    return IntStream.range(first, end).mapToObj(i -> i + "\n").collect(Collectors.joining());
  }

  @Property(tries = 500)
  void eachSideCanBeReadFromTheLines(
      @ForAll("texts") List<String> from, @ForAll("texts") List<String> to) {
    List<Line> lines = LineDiff.between(text(from), text(to), ALL);
    if (lines.isEmpty()) {
      assertThat(from).isEqualTo(to);
      return;
    }
    assertThat(side(lines, Mark.REMOVED)).isEqualTo(from);
    assertThat(side(lines, Mark.ADDED)).isEqualTo(to);
  }

  private static List<String> side(List<Line> lines, Mark mark) {
    return lines.stream()
        .filter(line -> line.mark() == Mark.SAME || line.mark() == mark)
        .map(Line::text)
        .toList();
  }

  private static String text(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.of("a", "b", "c", "").list().ofMaxSize(12);
  }
}
