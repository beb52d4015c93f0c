package dev.palisade.release;

import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets nothing be stored, offered, signed or delivered that is not what people approved. */
@ApplicationScoped
public class ReleaseCheck {

  @Inject private Profiles profiles;

  private final Set<Digest> proven = ConcurrentHashMap.newKeySet();

  /**
   * Derives the manifest again from what people approved, and the module and archive from the
   * manifest. Once per content and process: a row whose bytes were changed afterwards is looked at
   * anew.
   *
   * @throws DomainException {@link Problem#TAMPERED}
   */
  public void requireProven(Release release) {
    Digest content = release.fingerprint();
    if (!proven.contains(content)) {
      fault(release).ifPresent(fault -> refuse(release, fault));
    }
    proven.add(content);
  }

  /**
   * The same for one that was just rendered from its manifest: only the manifest is in question.
   *
   * @param layers what people approved, the undermost first
   * @throws DomainException {@link Problem#TAMPERED} where it says more or less than these versions
   *     with its waivers
   */
  void requireMadeOf(List<ProfileVersion> layers, Release made) {
    ManifestCheck.fault(made.canonicalRecord(), made.getCatalogVersion(), layers)
        .ifPresent(fault -> refuse(made, fault));
    proven.add(made.fingerprint());
  }

  private static void refuse(Release release, String fault) {
    throw new DomainException(
        Problem.TAMPERED,
        "Release "
            + release.getDigest().brief()
            + " is not what was approved and is not delivered. "
            + fault
            + " Roll out again; if that is refused too, tell whoever runs the portal.");
  }

  private Optional<String> fault(Release release) {
    Optional<ReleaseRecord> record = ManifestCheck.read(release.canonicalRecord());
    if (record.isEmpty()) {
      return Optional.of("Its manifest cannot be read by this version of Palisade.");
    }
    List<ProfileVersion> layers = new ArrayList<>();
    for (VersionRef ref : record.get().profiles()) {
      Optional<ProfileVersion> version = profiles.version(ref.slug(), ref.number());
      if (version.isEmpty()
          || !version.get().getDigest().equals(ref.digest())
          || !version.get().getState().wasApproved()) {
        return Optional.of(ref.describe() + " was never approved with the digest that it names.");
      }
      layers.add(version.get());
    }
    return ManifestCheck.fault(release.canonicalRecord(), release.getCatalogVersion(), layers)
        .or(() -> otherBytes(release));
  }

  private static Optional<String> otherBytes(Release release) {
    return release.isWhatItsRecordSays()
        ? Optional.empty()
        : Optional.of("Its module or archive is not what its manifest renders to.");
  }
}
