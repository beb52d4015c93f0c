package dev.palisade.profile.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.profile.DraftEdit;
import dev.palisade.profile.DraftEdits;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionContent;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes out an edit of a draft: the content, who wrote which place of it, and the act. */
@Dependent
class EditRecord {

  @Inject private Profiles profiles;
  @Inject private DraftEdits edits;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * Records an edit that was made.
   *
   * @param before the content until then
   * @param detail what the journal tells besides the digest
   */
  ProfileVersion done(ProfileVersion version, VersionContent before, Map<String, Object> detail) {
    profiles.flush();
    Map<String, DraftEdit> present =
        edits.of(version).stream()
            .collect(Collectors.toMap(DraftEdit::getPlace, Function.identity()));
    for (String place : before.places(version.content())) {
      DraftEdit edit = present.get(place);
      if (edit == null) {
        edits.add(new DraftEdit(version, place, actor.getName(), clock.instant()));
      } else {
        edit.again(actor.getName(), clock.instant());
      }
    }
    Map<String, Object> told = new HashMap<>(detail);
    told.put("digest", version.getDigest().hex());
    acts.record("version.edited", "version", version.describe(), told);
    return version;
  }
}
