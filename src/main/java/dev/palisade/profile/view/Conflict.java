package dev.palisade.profile.view;

import dev.palisade.profile.DraftEdit;
import dev.palisade.profile.ProfileSetting;
import java.time.Instant;
import java.util.List;

/**
 * The other side, where two people wrote in one place of a draft.
 *
 * @param person the username of who wrote there last; empty where nobody is known
 * @param at when, or null
 * @param theirs what stands there now, in words
 * @param now the fingerprint of what stands there now, by which one's own side replaces it
 */
public record Conflict(String person, Instant at, String theirs, String now) {

  static Conflict of(List<DraftEdit> edits, String place, String theirs, String now) {
    return edits.stream()
        .filter(edit -> edit.getPlace().equals(place))
        .findFirst()
        .map(edit -> new Conflict(edit.getPerson(), edit.getEditedAt(), theirs, now))
        .orElse(new Conflict("", null, theirs, now));
  }

  /** Where the place is a setting; null for one that was taken out. */
  static Conflict of(List<DraftEdit> edits, String key, ProfileSetting now) {
    return now == null
        ? of(edits, key, "taken out", "")
        : of(
            edits,
            key,
            words(now.value().display(), now.mandatory(), now.reason()),
            now.fingerprint());
  }

  /** What one side says about a setting. */
  static String words(String value, boolean mandatory, String reason) {
    return (value == null || value.isBlank() ? "none" : value.strip())
        + (mandatory ? ", mandatory" : "")
        + (reason == null || reason.isBlank() ? "" : ": " + reason);
  }
}
