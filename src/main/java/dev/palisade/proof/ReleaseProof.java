package dev.palisade.proof;

import dev.palisade.chain.DesiredStatement;
import dev.palisade.chain.SignedStatement;
import dev.palisade.chain.VerifyingKey;
import dev.palisade.core.Digest;
import dev.palisade.profile.ApprovalRule;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.WaivedSetting;
import dev.palisade.release.ApprovedVersions;
import dev.palisade.release.ApprovedVersions.Approval;
import dev.palisade.release.ApprovedVersions.Approved;
import dev.palisade.release.ApprovedWaiver;
import dev.palisade.release.ManifestCheck;
import dev.palisade.release.ProofBundle;
import dev.palisade.release.Release;
import dev.palisade.release.ReleaseRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a {@link ProofBundle} from the portal's signatures to the module: who signed, for
 * which host and until when; that the record is the one that was signed; that it renders to the
 * tree that was signed; that it says what the versions say with the waivers, and that these were
 * approved by people who did not write them or ask for them.
 */
public final class ReleaseProof {

  /** How far ahead of ours the portal's clock may be. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

  /** The option of the command by which the asker allows it. */
  public static final String SINGLE_OPERATOR = "--single-operator";

  private final ProofBundle bundle;
  private final Instant now;
  private final boolean singleOperator;
  private final VerifyingKey pinned;
  private final List<String> lines = new ArrayList<>();

  private ReleaseProof(ProofBundle bundle, Trust trust, Instant now) {
    this.bundle = bundle;
    this.pinned = trust.key() == null ? bundle.keys().current() : trust.key();
    this.singleOperator = trust.singleOperator();
    this.now = now;
  }

  /**
   * What the asker goes by.
   *
   * @param key the key that must have signed, or that handed over to the one that did; null to take
   *     the one in the file
   * @param host whose statement must be there; null for any
   * @param singleOperator whether it will do that nobody but its writer approved a version
   */
  public record Trust(@Nullable VerifyingKey key, @Nullable String host, boolean singleOperator) {}

  /**
   * What was proven.
   *
   * @param release rendered again from the record
   * @param lines one for each thing that holds
   */
  public record Proven(Release release, List<String> lines) {}

  /**
   * Proves a bundle.
   *
   * @param file its bytes
   * @throws BrokenProof the first thing that does not hold
   */
  public static Proven verify(byte[] file, Trust trust, Instant now) throws BrokenProof {
    return new ReleaseProof(read(file), trust, now).prove(trust.host());
  }

  private static ProofBundle read(byte[] file) throws BrokenProof {
    try {
      return ProofBundle.read(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString());
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new BrokenProof("The file is not a proof as the portal writes one.");
    }
  }

  private Proven prove(@Nullable String host) throws BrokenProof {
    Digest digest = Digest.of(bundle.record());
    List<DesiredStatement> statements = statements(digest, host);
    lines.add("The record has the digest " + digest.hex());
    ReleaseRecord record = record();
    Digest catalog = bundle.approvals().approvals().catalog();
    Optional<String> fault = ManifestCheck.fault(bundle.record(), catalog, versions(record));
    if (fault.isPresent()) {
      throw new BrokenProof(fault.get());
    }
    Release release = new Release(record, catalog, now);
    for (DesiredStatement said : statements) {
      require(
          said.narHash().equals(release.getNarHash()),
          "The record renders to a tree with the hash %s; the statement for %s names %s."
              .formatted(release.getNarHash(), said.host(), said.narHash()));
    }
    lines.add(
        "It renders by " + record.renderer() + " to a tree with the hash " + release.getNarHash());
    approvals(digest, record);
    for (DesiredStatement said : statements) {
      waivers(said.host(), record);
    }
    lines.add(
        record.waivers().isEmpty()
            ? "It says what these versions say, and nothing else"
            : "It says what these versions say with these waivers, and nothing else");
    return new Proven(release, List.copyOf(lines));
  }

  private List<DesiredStatement> statements(Digest digest, @Nullable String host)
      throws BrokenProof {
    List<DesiredStatement> said = new ArrayList<>();
    for (SignedStatement signed : bundle.statements()) {
      DesiredStatement statement = signed.statement();
      if (host == null || host.equals(statement.host())) {
        String whose = "The statement for " + statement.host();
        VerifyingKey key = key(signed.keyId(), whose);
        require(
            signed.isSignedBy(key), "%s does not have the signature of its key.".formatted(whose));
        require(
            statement.release().equals(digest),
            "%s names the release %s; the record has the digest %s."
                .formatted(whose, statement.release(), digest));
        require(
            now.isBefore(statement.expiresAt()),
            "%s expired %s.".formatted(whose, statement.expiresAt()));
        require(
            !statement.issuedAt().isAfter(now.plus(CLOCKS_APART)),
            "%s was issued in the future, %s.".formatted(whose, statement.issuedAt()));
        said.add(statement);
        lines.add(
            "Key %s signed it for %s as number %d, until %s"
                .formatted(key.id(), statement.host(), statement.number(), statement.expiresAt()));
      }
    }
    require(
        !said.isEmpty(),
        host == null ? "It holds no statement." : "It holds no statement for " + host + ".");
    return said;
  }

  private VerifyingKey key(String keyId, String whose) throws BrokenProof {
    Optional<VerifyingKey> key = bundle.keys().trusted(pinned, keyId, now);
    if (key.isEmpty()) {
      throw new BrokenProof(
          "%s is signed by key %s, to which the trusted %s has not handed over."
              .formatted(whose, keyId, pinned.id()));
    }
    return key.get();
  }

  private ReleaseRecord record() throws BrokenProof {
    Optional<ReleaseRecord> record = ManifestCheck.read(bundle.record());
    if (record.isEmpty()) {
      throw new BrokenProof("The record cannot be read by this version of Palisade.");
    }
    return record.get();
  }

  private List<ProfileVersion> versions(ReleaseRecord record) throws BrokenProof {
    require(
        bundle.contents().size() == record.profiles().size(),
        "The file holds %d contents; the record names %d versions."
            .formatted(bundle.contents().size(), record.profiles().size()));
    List<ProfileVersion> versions = new ArrayList<>();
    for (int i = 0; i < record.profiles().size(); i++) {
      VersionRef ref = record.profiles().get(i);
      String content = bundle.contents().get(i);
      require(
          Digest.of(content).equals(ref.digest()),
          "The content of %s does not have the digest that the record names."
              .formatted(ref.describe()));
      try {
        versions.add(
            new ProfileVersion(
                new Profile(ref.slug(), ref.slug(), "", ApprovalRule.USUAL, now),
                ref.number(),
                VersionContent.read(content),
                "",
                now));
      } catch (RuntimeException e) {
        throw new BrokenProof(
            "The content of " + ref.describe() + " cannot be read by this version of Palisade.");
      }
    }
    return versions;
  }

  private void approvals(Digest digest, ReleaseRecord record) throws BrokenProof {
    ProofBundle.SignedApprovals signed = bundle.approvals();
    ApprovedVersions approvals = signed.approvals();
    VerifyingKey key = key(signed.keyId(), "The list of approvals");
    require(
        key.verifies(approvals.text(), signed.signature()),
        "The list of approvals does not have the signature of its key.");
    require(
        approvals.release().equals(digest)
            && approvals.versions().stream()
                .map(Approved::version)
                .toList()
                .equals(record.profiles()),
        "The list of approvals is of another release.");
    for (Approved version : approvals.versions()) {
      approval(version);
    }
    lines.add("It was resolved by the catalog " + approvals.catalog().hex());
  }

  private void waivers(String host, ReleaseRecord record) throws BrokenProof {
    for (WaivedSetting waived : record.waivers()) {
      List<ApprovedWaiver> allowing =
          bundle.approvals().approvals().waivers().stream()
              .filter(waiver -> waiver.allows(waived, host))
              .toList();
      require(
          !allowing.isEmpty(),
          "No waiver of %s for %s was approved, and the record goes by one."
              .formatted(waived.key(), host));
      Optional<ApprovedWaiver> counts =
          allowing.stream()
              .filter(w -> singleOperator || !isByRequester(w))
              .max(Comparator.comparingLong(ApprovedWaiver::id));
      require(
          counts.isPresent(),
          "The waiver of %s was approved by nobody but who asked for it; say %s where that is meant to be."
              .formatted(waived.key(), SINGLE_OPERATOR));
      ApprovedWaiver waiver = counts.orElseThrow();
      lines.add(
          "%s, by waiver %d for %s until %s, asked for by %s and approved by %s %s"
              .formatted(
                  waived.describe(),
                  waiver.id(),
                  host,
                  waiver.expiresAt(),
                  waiver.requestedBy(),
                  waiver.approvedBy(),
                  waiver.approvedAt()));
    }
  }

  private static boolean isByRequester(ApprovedWaiver waiver) {
    return waiver.byRequester() || waiver.requestedBy().equals(waiver.approvedBy());
  }

  private void approval(Approved version) throws BrokenProof {
    String name = version.version().describe();
    boolean byAnother = false;
    for (Approval approval : version.approvals()) {
      require(
          approval.digest().equals(version.version().digest()),
          approval.person() + " approved another content of " + name + ".");
      byAnother |= !isByWriter(approval, version);
    }
    require(!version.approvals().isEmpty(), "Nobody approved " + name + ".");
    require(
        byAnother || singleOperator,
        name
            + " was approved by nobody but who wrote it; say "
            + SINGLE_OPERATOR
            + " where that is meant to be.");
    lines.add(
        "%s %s was written by %s and approved by %s"
            .formatted(
                name,
                version.version().digest().brief(),
                String.join(", ", version.writers()),
                version.approvals().stream()
                    .map(approval -> words(approval, version))
                    .collect(Collectors.joining(", "))));
  }

  private static boolean isByWriter(Approval approval, Approved version) {
    return approval.byWriter() || version.writers().contains(approval.person());
  }

  private static String words(Approval approval, Approved version) {
    return approval.person()
        + " "
        + approval.at()
        + (isByWriter(approval, version) ? ", who wrote it" : "")
        + (approval.emergency() ? ", in an emergency" : "");
  }

  private static void require(boolean holds, String sentence) throws BrokenProof {
    if (!holds) {
      throw new BrokenProof(sentence);
    }
  }
}
