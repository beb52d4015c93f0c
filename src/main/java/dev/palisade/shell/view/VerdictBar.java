package dev.palisade.shell.view;

import java.util.ArrayList;
import java.util.List;

/**
 * One bar for one whole. Slices lie side by side with a small gap; a slice that holds anything has
 * a least width, so that one failing setting among thousands is still seen.
 *
 * @param segments the slices that are drawn, in the given order; none is empty
 * @param legend every slice, the empty ones too
 */
public record VerdictBar(List<Segment> segments, List<Slice> legend) {

  private static final double LEAST = 0.7;
  private static final double GAP = 0.3;

  /**
   * A part of the whole.
   *
   * @param tone one of ok, fail, wait, waived, none, mute, run
   * @param count at least 0
   * @param href the list of exactly these, or the empty text
   */
  public record Slice(String tone, String word, long count, String href) {

    public Slice {
      if (count < 0) {
        throw new IllegalArgumentException("A slice holds " + count);
      }
    }

    /** A slice for one of the six groups of verdicts. */
    public static Slice group(Object code, long count, String href) {
      Look look = Looks.group(code);
      return new Slice(look.tone(), look.word(), count, href);
    }
  }

  /**
   * A drawn slice.
   *
   * @param x where it begins, in percent of the bar
   * @param width in percent of the bar
   */
  public record Segment(String tone, double x, double width, String title, String href) {}

  public VerdictBar {
    segments = List.copyOf(segments);
    legend = List.copyOf(legend);
  }

  /** Lays the slices out. Widths and gaps fill the bar, unless there is nothing to show. */
  public static VerdictBar of(List<Slice> slices) {
    List<Slice> drawn = slices.stream().filter(s -> s.count() > 0).toList();
    double total = drawn.stream().mapToLong(Slice::count).sum();
    double spread = 100 - LEAST * drawn.size() - GAP * Math.max(0, drawn.size() - 1);
    List<Segment> segments = new ArrayList<>();
    double x = 0;
    for (Slice slice : drawn) {
      double width = LEAST + spread * (slice.count() / total);
      String title = slice.word() + ": " + slice.count();
      segments.add(new Segment(slice.tone(), round(x), round(width), title, slice.href()));
      x += width + GAP;
    }
    return new VerdictBar(segments, slices);
  }

  private static double round(double percent) {
    return Math.round(percent * 1000) / 1000.0;
  }
}
