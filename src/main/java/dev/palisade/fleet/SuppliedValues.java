package dev.palisade.fleet;

import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.core.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What operators supply to profiles: names and one-line texts; what accepts them is not known here.
 */
final class SuppliedValues {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final int MOST = 200;
  private static final int LENGTH = 250;

  private SuppliedValues() {}

  /**
   * Checks names and texts.
   *
   * @throws DomainException with one fault per bad entry
   */
  static Map<String, String> checked(Map<String, String> next) {
    List<Fault> faults = new ArrayList<>();
    if (next.size() > MOST) {
      faults.add(new Fault("/parameters", "At most " + MOST + " parameters are accepted."));
    }
    Map<String, String> kept = new TreeMap<>();
    next.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches()) {
            faults.add(
                new Fault(
                    "/parameters",
                    "A parameter’s name has 1 to 63 lower-case letters, digits, hyphens and"
                        + " underscores, and begins with a letter."));
            return;
          }
          try {
            kept.put(name, Words.line("/parameters/" + name, value, LENGTH));
          } catch (DomainException e) {
            faults.addAll(e.faults());
          }
        });
    if (!faults.isEmpty()) {
      throw new DomainException(Problem.NOT_VALID, faults.get(0).detail(), faults);
    }
    return kept;
  }
}
