package dev.palisade.audit.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on one expected setting, with what it rests on.
 *
 * @param found the running value of the key itself, as the host printed it; null when there is none
 * @param effective what is in effect, on the interface where that is worst; null when not known
 * @param interfaces the interfaces at fault
 * @param why the fact first, then its cause
 * @param fix what to declare instead, where one setting cures it
 */
public record Judgement(
    Expected expected,
    Verdict verdict,
    @Nullable String found,
    @Nullable String effective,
    List<String> interfaces,
    String why,
    @Nullable Fix fix) {

  public Judgement {
    interfaces = List.copyOf(interfaces);
  }
}
