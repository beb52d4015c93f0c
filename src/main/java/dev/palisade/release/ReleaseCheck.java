package dev.palisade.release;

import dev.palisade.catalog.Catalog;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets nothing be offered, signed or delivered that is not what people approved. */
@ApplicationScoped
public class ReleaseCheck {

  @Inject private Profiles profiles;
  @Inject private Catalog catalog;

  private final Set<Digest> proven = ConcurrentHashMap.newKeySet();

  /**
   * Renders again, from the record, and the record from what people approved. Once per content and
   * process: a row whose bytes were changed afterwards is looked at anew.
   *
   * @throws DomainException {@link Problem#TAMPERED}
   */
  public void requireProven(Release release) {
    Digest content = release.fingerprint();
    if (!proven.contains(content) && !isProven(release)) {
      throw tampered(release);
    }
    proven.add(content);
  }

  /**
   * The same for one that was just rendered from its record: only the record is in question.
   *
   * @param layers what people approved, the undermost first
   * @throws DomainException {@link Problem#TAMPERED} where it says more or less than these versions
   *     with its waivers
   */
  void requireMadeOf(List<ProfileVersion> layers, Release made) {
    if (!made.content().isWhatComesOf(layers, catalog)) {
      throw tampered(made);
    }
    proven.add(made.fingerprint());
  }

  private static DomainException tampered(Release release) {
    return new DomainException(
        Problem.TAMPERED,
        "Release "
            + release.getDigest().brief()
            + " is not what its record renders to, or its record not what was approved. It is not"
            + " delivered; tell whoever runs the portal.");
  }

  private boolean isProven(Release release) {
    return release.isWhatItsRecordSays() && release.content().isWhatWasApproved(profiles, catalog);
  }
}
