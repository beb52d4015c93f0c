package dev.palisade.profile;

import java.util.List;

/** The store of who last wrote what. */
public interface DraftEdits {

  /** One for each place of the version that was ever edited, the newest first. */
  List<DraftEdit> of(ProfileVersion version);

  void add(DraftEdit edit);
}
