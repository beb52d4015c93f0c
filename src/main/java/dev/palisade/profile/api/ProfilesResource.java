package dev.palisade.profile.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Problem;
import dev.palisade.core.Surface;
import dev.palisade.profile.ApprovalRule;
import dev.palisade.profile.ImportMode;
import dev.palisade.profile.Parameter;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.ReviewComment;
import dev.palisade.profile.SettingsCheck;
import dev.palisade.profile.SettingsImport;
import dev.palisade.profile.VersionFlag;
import dev.palisade.profile.application.CreateProfile;
import dev.palisade.profile.application.DecideVersion;
import dev.palisade.profile.application.DraftVersion;
import dev.palisade.profile.application.ImportSettings;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.profile.application.RetireVersion;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Profiles, their versions, and the decisions on them. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/profiles")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ProfilesResource {

  private static final String VERSION = "/{slug}/versions/{number}";

  /** A profile to create, or what to change about it. */
  public record ProfileWords(
      String slug,
      String name,
      String description,
      Integer requiredApprovals,
      String emergencyWithin) {}

  /** Which version a draft starts from; both null for an empty one. */
  public record NewVersion(VersionName copyOf) {}

  /** A version by name. */
  public record VersionName(String slug, int number) {}

  /** A rejection of the content that the digest names. */
  public record DecisionBody(String digest, String comment) {}

  /**
   * An approval of the content that the digest names.
   *
   * @param despiteLockOut accepts that people may be locked out of hosts
   */
  public record ApprovalBody(
      String digest, String comment, boolean emergency, boolean despiteLockOut) {}

  /** A profile as the API shows one. */
  public record ProfileView(
      String slug,
      String name,
      String description,
      int requiredApprovals,
      String emergencyWithin,
      Instant createdAt) {

    static ProfileView of(Profile p) {
      RuleView rule = RuleView.of(p.rule());
      return new ProfileView(
          p.getSlug(),
          p.getName(),
          p.getDescription(),
          rule.requiredApprovals(),
          rule.emergencyWithin(),
          p.getCreatedAt());
    }
  }

  /** What a version says about a setting; {@code declared} only where the catalog lacks it. */
  public record SettingView(
      String key, JsonNode value, String reason, boolean mandatory, JsonNode declared) {

    static SettingView of(ProfileSetting s) {
      return new SettingView(
          s.key(),
          s.value().toJson(),
          s.reason(),
          s.mandatory(),
          s.declared() == null ? null : s.declared().toJson());
    }
  }

  /** A version as the API shows one. */
  public record VersionView(
      int number,
      String state,
      String digest,
      String author,
      List<String> writers,
      Instant createdAt,
      Instant submittedAt,
      Instant decidedAt,
      EmergencyView emergency,
      List<String> flags,
      List<SettingView> settings,
      List<JsonNode> parameters,
      @JsonProperty("extends") VersionRefView base,
      List<DecisionView> approvals,
      List<CommentView> comments) {

    static VersionView of(ProfileVersion v, List<ReviewComment> comments) {
      return new VersionView(
          v.getNumber(),
          v.getState().code(),
          v.getDigest().hex(),
          v.getAuthor(),
          v.getWriters(),
          v.getCreatedAt(),
          v.getSubmittedAt(),
          v.getDecidedAt(),
          EmergencyView.of(v.getEmergency()),
          VersionFlag.of(v, Instant.now()).stream().map(VersionFlag::code).toList(),
          v.content().settings().stream().map(SettingView::of).toList(),
          v.content().parameters().stream().map(Parameter::toJson).toList(),
          VersionRefView.of(v.content().base()),
          v.getDecisions().stream().map(d -> DecisionView.of(d, v)).toList(),
          comments.stream().map(CommentView::of).toList());
    }
  }

  @Inject private ReadProfiles profiles;
  @Inject private CreateProfile createProfile;
  @Inject private ImportSettings importSettings;
  @Inject private DraftVersion draft;
  @Inject private DecideVersion decide;
  @Inject private RetireVersion retire;
  @Inject private VersionAnswers answers;

  @GET
  public Page<ProfileView> list() {
    return Page.whole(profiles.profiles().stream().map(ProfileView::of).toList());
  }

  @POST
  public Response create(ProfileWords words) {
    Profile profile =
        createProfile.create(
            words.slug(),
            words.name(),
            words.description(),
            words.requiredApprovals(),
            ApprovalRule.duration(words.emergencyWithin()));
    return Response.created(URI.create("profiles/" + profile.getSlug()))
        .entity(ProfileView.of(profile))
        .build();
  }

  @GET
  @Path("/{slug}")
  public ProfileView profile(@PathParam("slug") String slug) {
    return ProfileView.of(profiles.profile(slug));
  }

  @PATCH
  @Path("/{slug}")
  public ProfileView describe(@PathParam("slug") String slug, ProfileWords words) {
    if (words.slug() != null && !words.slug().equals(slug)) {
      throw DomainException.notValid("/slug", "A profile keeps its slug.");
    }
    return ProfileView.of(
        createProfile.describe(
            slug,
            words.name(),
            words.description(),
            words.requiredApprovals(),
            ApprovalRule.duration(words.emergencyWithin())));
  }

  @GET
  @Path("/{slug}/versions")
  public Page<VersionView> versions(@PathParam("slug") String slug) {
    return answers.all(slug);
  }

  @POST
  @Path("/{slug}/versions")
  public Response start(@PathParam("slug") String slug, NewVersion source) {
    VersionName from = source.copyOf();
    ProfileVersion version =
        from == null ? draft.start(slug) : draft.startFrom(slug, from.slug(), from.number());
    return answers
        .of(version)
        .status(Response.Status.CREATED)
        .location(URI.create("profiles/" + slug + "/versions/" + version.getNumber()))
        .build();
  }

  @POST
  @Path("/{slug}/import")
  public Response read(@PathParam("slug") String slug, ImportAnswer.ImportBody body) {
    if (body.globs() != null && !body.globs().equals("all-and-default")) {
      throw DomainException.notValid("/globs", "It is all-and-default or left out.");
    }
    ImportSettings.Result result =
        importSettings.read(
            slug,
            new SettingsImport.Options(
                format(body.format()), body.globs() != null, Boolean.TRUE.equals(body.declare())),
            body.text(),
            ImportMode.of(body.mode()));
    return Response.status(Response.Status.CREATED)
        .entity(ImportAnswer.ImportView.of(result))
        .build();
  }

  private static SettingsImport.Format format(String code) {
    if (code == null || code.equals("auto")) {
      return null;
    }
    for (SettingsImport.Format format : SettingsImport.Format.values()) {
      if (format.code().equals(code)) {
        return format;
      }
    }
    throw DomainException.notValid("/format", "A format is auto, nix, sysctl or json.");
  }

  @GET
  @Path(VERSION)
  public Response version(@PathParam("slug") String slug, @PathParam("number") int number) {
    return answers.of(profiles.version(slug, number)).build();
  }

  @PUT
  @Path(VERSION + "/settings")
  public Response edit(
      @PathParam("slug") String slug,
      @PathParam("number") int number,
      @HeaderParam("If-Match") String expected,
      List<SettingsCheck.Entry> entries) {
    return answers.of(draft.edit(slug, number, entries, tag(expected))).build();
  }

  @POST
  @Path(VERSION + "/submit")
  @Consumes(MediaType.WILDCARD)
  public Response submit(@PathParam("slug") String slug, @PathParam("number") int number) {
    return answers.of(draft.submit(slug, number)).build();
  }

  @POST
  @Path(VERSION + "/withdraw")
  @Consumes(MediaType.WILDCARD)
  public Response withdraw(@PathParam("slug") String slug, @PathParam("number") int number) {
    return answers.of(draft.withdraw(slug, number)).build();
  }

  @POST
  @Path(VERSION + "/approve")
  public Response approve(
      @PathParam("slug") String slug, @PathParam("number") int number, ApprovalBody body) {
    Digest read = digest(body.digest());
    return answers
        .of(
            body.emergency()
                ? decide.approveInEmergency(
                    slug, number, read, body.comment(), body.despiteLockOut())
                : decide.approve(slug, number, read, body.comment(), body.despiteLockOut()))
        .build();
  }

  @POST
  @Path(VERSION + "/reject")
  public Response reject(
      @PathParam("slug") String slug, @PathParam("number") int number, DecisionBody body) {
    Digest read =
        body.digest() == null ? profiles.version(slug, number).getDigest() : digest(body.digest());
    return answers.of(decide.reject(slug, number, read, body.comment())).build();
  }

  @POST
  @Path(VERSION + "/retire")
  @Consumes(MediaType.WILDCARD)
  public Response retire(@PathParam("slug") String slug, @PathParam("number") int number) {
    return answers.of(retire.retire(slug, number)).build();
  }

  private static Digest digest(String text) {
    if (text == null) {
      throw DomainException.notValid("/digest", "Name the digest of the content that you read.");
    }
    return new Digest(text);
  }

  static Digest tag(String header) {
    if (header == null || header.equals("*")) {
      return null;
    }
    String text = header.strip().replaceAll("^\"|\"$", "");
    if (!text.matches("[0-9a-f]{64}")) {
      throw new DomainException(
          Problem.CONTENT_CHANGED, "If-Match names no digest that this draft has had.");
    }
    return new Digest(text);
  }
}
