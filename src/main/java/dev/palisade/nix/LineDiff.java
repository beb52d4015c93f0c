package dev.palisade.nix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares two texts line by line. */
public final class LineDiff {

  /** What a line of the comparison is. */
  public enum Mark {
    SAME(" "),
    REMOVED("-"),
    ADDED("+"),
    /** Stands for lines that are the same; its text counts them. */
    SKIPPED("…");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }

    /** The character that begins such a line. */
    public String sign() {
      return sign;
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One line of the comparison. */
  public record Line(Mark mark, String text) {}

  /** Beyond this many pairs of lines, what differs is shown as removed and added as a whole. */
  private static final long MOST_PAIRS = 1_000_000;

  private final List<String> from;
  private final List<String> to;
  private final List<Line> lines = new ArrayList<>();

  private LineDiff(List<String> from, List<String> to) {
    this.from = from;
    this.to = to;
  }

  /**
   * The lines of both texts, in order: what was removed, what was added, and round them what is the
   * same.
   *
   * @param context how many lines that are the same to show on either side of a difference
   * @return empty when the texts are equal
   */
  public static List<Line> between(String from, String to, int context) {
    List<Line> all = new LineDiff(from.lines().toList(), to.lines().toList()).compare();
    return all.stream().allMatch(line -> line.mark() == Mark.SAME)
        ? List.of()
        : shortened(all, context);
  }

  private List<Line> compare() {
    int start = 0;
    while (start < Math.min(from.size(), to.size()) && from.get(start).equals(to.get(start))) {
      start++;
    }
    int end = 0;
    while (end < Math.min(from.size(), to.size()) - start
        && from.get(from.size() - 1 - end).equals(to.get(to.size() - 1 - end))) {
      end++;
    }
    from.subList(0, start).forEach(line -> lines.add(new Line(Mark.SAME, line)));
    middle(from.subList(start, from.size() - end), to.subList(start, to.size() - end));
    from.subList(from.size() - end, from.size())
        .forEach(line -> lines.add(new Line(Mark.SAME, line)));
    return lines;
  }

  private void middle(List<String> old, List<String> next) {
    if ((long) old.size() * next.size() > MOST_PAIRS) {
      old.forEach(line -> lines.add(new Line(Mark.REMOVED, line)));
      next.forEach(line -> lines.add(new Line(Mark.ADDED, line)));
      return;
    }
    int[][] common = common(old, next);
    int i = 0;
    int j = 0;
    while (i < old.size() || j < next.size()) {
      if (i < old.size() && j < next.size() && old.get(i).equals(next.get(j))) {
        lines.add(new Line(Mark.SAME, old.get(i)));
        i++;
        j++;
      } else if (j == next.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line(Mark.REMOVED, old.get(i++)));
      } else {
        lines.add(new Line(Mark.ADDED, next.get(j++)));
      }
    }
  }

  /**
   * How many lines the rests of both texts have in common, in order, from each pair of lines on.
   */
  private static int[][] common(List<String> old, List<String> next) {
    int[][] common = new int[old.size() + 1][next.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = next.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(next.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static List<Line> shortened(List<Line> all, int context) {
    boolean[] shown = new boolean[all.size()];
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).mark() != Mark.SAME) {
        for (int k = Math.max(0, i - context); k <= Math.min(all.size() - 1, i + context); k++) {
          shown[k] = true;
        }
      }
    }
    List<Line> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      int first = i;
      while (i < all.size() && !shown[i]) {
        i++;
      }
      if (i - first == 1) {
        kept.add(all.get(first));
      } else if (i > first) {
        kept.add(new Line(Mark.SKIPPED, (i - first) + " lines are the same"));
      }
      if (i < all.size()) {
        kept.add(all.get(i));
      }
    }
    return kept;
  }
}
