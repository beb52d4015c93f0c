package dev.palisade.audit.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.audit.verdict.RunningValue.Comparison;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets what the host's own configuration declares beside what was approved and what runs. It
 * explains a value that does not hold, and never makes one hold.
 */
final class Explanation {

  private static final String OFF =
      "The host turned the module off (hardening.enable = false), so nothing of the release is"
          + " declared. ";

  private final @Nullable HostProfile profile;
  private final Map<String, Expected> waived;

  /**
   * @param waived what the release has by waivers in place of what is judged, by key
   */
  Explanation(@Nullable HostProfile profile, Map<String, Expected> waived) {
    this.profile = profile;
    this.waived = waived;
  }

  /** The same judgement with what the host declares, and its reason. */
  Judgement told(Judgement judged) {
    if (profile == null) {
      return judged;
    }
    String key = judged.expected().setting().key();
    JsonNode effective = profile.effective(key);
    return judged.declared(
        effective == null ? null : DeclaredValue.shown(effective), profile.exceptions().get(key));
  }

  /** The judgement in the light of what the host declares; of an older release it says little. */
  Judgement of(Judgement running, Deployment deployment) {
    if (profile == null
        || deployment == Deployment.OLDER
        || running.verdict() == Verdict.NO_EFFECT) {
      return told(running);
    }
    Judgement told = told(running);
    return isOfTheRelease(told, profile) ? told : excused(weighed(told, profile));
  }

  /**
   * Whether the module itself declares the value, by a waiver, so that the host is not to blame.
   */
  private boolean isOfTheRelease(Judgement judged, HostProfile profile) {
    String key = judged.expected().setting().key();
    Expected instead = waived.get(key);
    JsonNode effective = profile.effective(key);
    return instead != null
        && effective != null
        && profile.enabled()
        && DeclaredValue.compare(instead, effective) == Comparison.EQUAL;
  }

  private static Judgement weighed(Judgement judged, HostProfile profile) {
    String key = judged.expected().setting().key();
    JsonNode effective = profile.effective(key);
    Comparison declared =
        effective == null ? null : DeclaredValue.compare(judged.expected(), effective);
    boolean other = declared == Comparison.OTHER;
    return switch (judged.verdict()) {
      case DRIFTED, SHADOWED, PENDING_REBOOT -> {
        if (!profile.enabled() && (declared == null || other)) {
          yield judged.as(Verdict.OVERRIDDEN, OFF + judged.why());
        }
        yield other
            ? judged.as(Verdict.OVERRIDDEN, says(judged) + " " + judged.why())
            : declared == null ? judged : changed(judged);
      }
      case UNKNOWN, UNREADABLE -> {
        if (profile.absent().contains(key)) {
          yield judged.as(Verdict.ABSENT, "The host’s nixpkgs has no such option. " + judged.why());
        }
        if (other || (!profile.enabled() && declared == null)) {
          yield judged.as(
              Verdict.OVERRIDDEN,
              (profile.enabled() ? says(judged) : OFF.strip()) + " " + judged.why());
        }
        yield declared == null
            ? judged
            : judged.as(
                judged.verdict(),
                "The host’s own configuration declares it as approved; that it runs is not shown. "
                    + judged.why());
      }
      case COMPLIANT, STRONGER ->
          other
              ? judged.as(
                  judged.verdict(),
                  judged.why()
                      + " But the host’s own configuration declares "
                      + judged.declared()
                      + ": the next switch or boot may bring it.")
              : judged;
      default -> judged;
    };
  }

  private static String says(Judgement judged) {
    return "The host’s own configuration declares %s instead of %s."
        .formatted(
            ValueWords.shown(String.valueOf(judged.declared())),
            ValueWords.shown(judged.expected().value().display()));
  }

  /** Declared as approved and running otherwise: somebody, or something, changed it afterwards. */
  private static Judgement changed(Judgement judged) {
    String why = judged.why().replace(ValueWords.UNEXPLAINED, "").strip();
    return judged.verdict() == Verdict.DRIFTED
        ? judged.as(
            Verdict.DRIFTED,
            why
                + " The host’s own configuration declares it as approved, so it changed afterwards.")
        : judged;
  }

  private static Judgement excused(Judgement judged) {
    String reason = judged.exception();
    return judged.verdict() == Verdict.OVERRIDDEN && reason != null
        ? judged.as(
            Verdict.OVERRIDDEN,
            judged.why()
                + " Explained by the host: “"
                + ValueWords.line(reason).replaceFirst("\\.$", "")
                + "”.")
        : judged;
  }
}
