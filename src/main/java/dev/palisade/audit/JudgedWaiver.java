package dev.palisade.audit;

import dev.palisade.audit.verdict.Judgement;
import dev.palisade.profile.WaivedSetting;

/**
 * What a release has otherwise by a waiver.
 *
 * @param asked the judgement by what the versions ask for
 */
public record JudgedWaiver(WaivedSetting waived, Judgement asked) {

  /** Whether the release leaves the setting out, so that nothing else is judged. */
  public boolean isUnmanaged() {
    return waived.value() == null;
  }
}
