package dev.palisade.profile.view;

import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.core.Digest;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.ReviewComment;
import dev.palisade.profile.Submission;
import dev.palisade.profile.VersionState;
import dev.palisade.profile.application.CommentOnVersion;
import dev.palisade.profile.application.ReadReviews;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;

/**
 * What people said about a version, beside the settings it is about. One form takes every comment
 * of the page: its fields stand in the rows, each named by its setting's key, so that a row that
 * moved or went meanwhile loses nothing.
 */
@Named("reviewComments")
@RequestScoped
public class ReviewCommentsBacking {

  /**
   * A comment, and what became of the content that it speaks of.
   *
   * @param since a few words where that content changed; empty where it did not
   * @param submitted whether that content was in review, and so can be compared
   */
  public record Row(ReviewComment said, String since, boolean submitted) {}

  private static final String TEXT = "text:";

  @Inject private ReadReviews reviews;
  @Inject private CommentOnVersion comment;
  @Inject private CurrentActor actor;
  @Inject private ProfileVersionBacking page;
  @Inject private VersionChangesBacking changes;
  @Inject private ReviewHistoryBacking history;

  private List<Row> rows;
  private String about = "";

  /** Everything said, oldest first. */
  public List<Row> getAll() {
    if (rows == null) {
      ProfileVersion version = page.getVersion();
      rows =
          reviews.comments(version.getProfile().getSlug(), version.getNumber()).stream()
              .map(this::row)
              .toList();
    }
    return rows;
  }

  /** What was said about one setting; about the version as a whole where the key is empty. */
  public List<Row> on(String key) {
    return getAll().stream()
        .filter(row -> key.equals(Optional.ofNullable(row.said().getKey()).orElse("")))
        .toList();
  }

  /** What the list shows: everything, or what is about one setting. */
  public List<Row> getListed() {
    return about.isEmpty() ? getAll() : on(about);
  }

  private Row row(ReviewComment said) {
    if (said.isCurrent()) {
      return new Row(said, "", true);
    }
    Optional<Submission> then = history.find(said.getDigest());
    String since = "the content changed since";
    if (then.isPresent() && said.getKey() != null) {
      Optional<ProfileSetting> before = then.get().content().find(said.getKey());
      since =
          before.equals(page.getVersion().content().find(said.getKey()))
              ? "the content changed since, this setting did not"
              : "this setting changed since";
    }
    return new Row(said, since, then.isPresent());
  }

  /** Whether this person may comment on it now. */
  public boolean isOpen() {
    VersionState state = page.getVersion().getState();
    return actor.can(Permission.COMMENT_REVIEWS)
        && (state == VersionState.DRAFT || state == VersionState.IN_REVIEW);
  }

  /** The key that a comment was sent for, empty for the version; null where none was sent. */
  public String getSentFor() {
    return FacesContext.getCurrentInstance().isPostback() ? sent("on") : null;
  }

  /** What was typed for a key and is not taken yet; empty otherwise. */
  public String typed(String key) {
    String text = sent(TEXT + key);
    return text == null ? "" : text;
  }

  /** Whether a comment was sent, and refused, for a setting that the page no longer shows. */
  public boolean isStray() {
    String key = getSentFor();
    return key != null
        && !key.isEmpty()
        && page.getVersion().content().find(key).isEmpty()
        && changes.getRows().stream().noneMatch(row -> row.key().equals(key));
  }

  /** Takes the comment whose button was pressed, and shows it. */
  public void say() {
    String key = getSentFor();
    ProfileVersion version = page.getVersion();
    ReviewComment said =
        comment.say(
            version.getProfile().getSlug(),
            version.getNumber(),
            key.isEmpty() ? null : key,
            typed(key).replace("\r\n", "\n"),
            new Digest(sent("read")),
            changes.asked());
    PageFlow.done(
        page.path(changes.getTab(), changes.getAgainstProfile(), changes.getAgainst())
            + "#comment-"
            + said.id(),
        "Your comment is on record.");
  }

  private static String sent(String name) {
    return FacesContext.getCurrentInstance()
        .getExternalContext()
        .getRequestParameterMap()
        .get(name);
  }

  /** The key of the setting that the list is about; empty for all. */
  public String getAbout() {
    return about;
  }

  public void setAbout(String about) {
    this.about = about == null ? "" : about;
  }
}
