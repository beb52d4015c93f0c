package dev.palisade.audit.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on one expected setting, with what it rests on.
 *
 * @param declared what the host's own configuration comes to, or null where that is not told
 * @param exception why the host differs, in its own words; null where it says nothing
 * @param found the running value of the key itself, as the host printed it; null when there is none
 * @param effective what is in effect, on the interface where that is worst; null when not known
 * @param interfaces the interfaces at fault
 * @param why the fact first, then its cause
 * @param fix what to declare instead, where one setting cures it
 */
public record Judgement(
    Expected expected,
    Verdict verdict,
    @Nullable String declared,
    @Nullable String exception,
    @Nullable String found,
    @Nullable String effective,
    List<String> interfaces,
    String why,
    @Nullable Fix fix) {

  public Judgement {
    interfaces = List.copyOf(interfaces);
  }

  /** One that rests on what runs. */
  static Judgement of(
      Expected expected,
      Verdict verdict,
      @Nullable String found,
      @Nullable String effective,
      String why) {
    return new Judgement(expected, verdict, null, null, found, effective, List.of(), why, null);
  }

  /** One on a setting with interfaces of its own. */
  static Judgement on(
      List<String> interfaces,
      Expected expected,
      Verdict verdict,
      String found,
      String effective,
      String why,
      @Nullable Fix fix) {
    return new Judgement(expected, verdict, null, null, found, effective, interfaces, why, fix);
  }

  /** The same with another verdict, for another reason. */
  Judgement as(Verdict other, String reason) {
    return new Judgement(
        expected,
        other,
        declared,
        exception,
        found,
        effective,
        interfaces,
        reason,
        other == verdict ? fix : null);
  }

  Judgement declared(@Nullable String value, @Nullable String reason) {
    return new Judgement(expected, verdict, value, reason, found, effective, interfaces, why, fix);
  }
}
