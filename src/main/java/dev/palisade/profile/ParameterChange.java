package dev.palisade.profile;

import dev.palisade.catalog.Direction;
import java.util.HashSet;
import java.util.Objects;

/**
 * One parameter that changes, and what that does to how much is left to operators.
 *
 * @param from as it was, or null where it is added
 * @param to as it becomes, or null where it is removed
 * @param why the direction in one sentence, for the person who decides
 */
public record ParameterChange(
    String name, Parameter from, Parameter to, Direction direction, String why) {

  static ParameterChange between(String name, Parameter from, Parameter to) {
    if (from == null || to == null) {
      return new ParameterChange(
          name,
          from,
          to,
          Direction.NEUTRAL,
          (from == null ? "Operators supply " + to.takes() : "Operators no longer supply it")
              + "; the settings that use it are listed by themselves.");
    }
    if (!from.takesTheSameAs(to)) {
      boolean more = includes(to, from);
      boolean less = includes(from, to);
      return new ParameterChange(
          name,
          from,
          to,
          more ? Direction.WEAKER : less ? Direction.STRONGER : Direction.UNKNOWN,
          (more ? "More is" : less ? "Less is" : "Something else is")
              + " left to operators: "
              + to.takes()
              + " instead of "
              + from.takes()
              + ".");
    }
    if (!Objects.equals(from.standard(), to.standard())) {
      return new ParameterChange(
          name,
          from,
          to,
          Direction.UNKNOWN,
          to.standard() == null
              ? "Without a default, a host that supplies none is refused by the next rollout."
              : "Hosts that supply none get " + to.standard().display() + " by the next rollout.");
    }
    return new ParameterChange(
        name, from, to, Direction.NEUTRAL, "Only its description or example is another.");
  }

  private static boolean includes(Parameter wide, Parameter narrow) {
    if (wide.type() != narrow.type()) {
      return false;
    }
    return wide.type().isNumber()
        ? wide.min() <= narrow.min() && wide.max() >= narrow.max()
        : new HashSet<>(wide.choices()).containsAll(narrow.choices());
  }
}
