package dev.palisade.shell.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palisade.shell.view.VerdictBar.Segment;
import dev.palisade.shell.view.VerdictBar.Slice;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VerdictBarTest {

  @Property
  void slicesFillTheBarWithoutOverlap(
      @ForAll @Size(min = 1, max = 6) List<@LongRange(min = 1, max = 1_000_000) Long> counts) {
    List<Slice> slices = new ArrayList<>();
    counts.forEach(count -> slices.add(new Slice("ok", "Holding", count, "")));

    List<Segment> drawn = VerdictBar.of(slices).segments();

    double end = 0;
    for (Segment segment : drawn) {
      assertThat(segment.x()).isGreaterThanOrEqualTo(end - 0.01);
      assertThat(segment.width()).isGreaterThanOrEqualTo(0.69);
      end = segment.x() + segment.width();
    }
    assertThat(end).isCloseTo(100, within(0.01));
  }

  @Test
  void anEmptySliceIsOnlyInTheLegend() {
    VerdictBar bar =
        VerdictBar.of(List.of(Slice.group("failing", 0, "/f"), Slice.group("holding", 3, "/h")));

    assertThat(bar.segments()).extracting(Segment::title).containsExactly("Holding: 3");
    assertThat(bar.legend()).extracting(Slice::word).containsExactly("Failing", "Holding");
  }

  @Test
  void nothingToShowDrawsNothing() {
    assertThat(VerdictBar.of(List.of(Slice.group("failing", 0, ""))).segments()).isEmpty();
  }

  @Test
  void aSliceCannotHoldLessThanNothing() {
    assertThatThrownBy(() -> new Slice("ok", "Holding", -1, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
