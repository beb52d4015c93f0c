package dev.palisade.profile.api;

import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import dev.palisade.profile.ApprovalRule;
import dev.palisade.profile.RuleChange;
import dev.palisade.profile.RuleChangeState;
import dev.palisade.profile.application.ChangeRule;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.profile.application.ReadProfiles.ProposedRule;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;

/** Looser rules for a profile: one person proposes, another decides. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/profiles/{slug}/rule-changes")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RuleChangesResource {

  /** The rule that is wished for; what is left out stays as it is. */
  public record Proposal(Integer requiredApprovals, String emergencyWithin, String reason) {}

  /** What is said with a decision; the whole body may be left out. */
  public record Words(String comment) {

    static String of(Words words) {
      return words == null ? null : words.comment();
    }
  }

  /**
   * A rule change as the API shows one.
   *
   * @param state as it would be found by who tried to approve it
   * @param whyVoid why an open one cannot be approved any more; null else
   * @param singleOperator whether who proposed it decided on it
   */
  public record RuleChangeView(
      long id,
      String state,
      RuleView from,
      RuleView to,
      String reason,
      String proposedBy,
      Instant proposedAt,
      String decidedBy,
      Instant decidedAt,
      String comment,
      boolean singleOperator,
      String whyVoid) {

    static RuleChangeView of(ProposedRule proposed) {
      RuleChange c = proposed.change();
      boolean isVoid = !proposed.whyVoid().isEmpty();
      return new RuleChangeView(
          c.getId(),
          (isVoid ? RuleChangeState.VOID : c.getState()).code(),
          RuleView.of(c.from()),
          RuleView.of(c.to()),
          c.getReason(),
          c.getProposedBy(),
          c.getProposedAt(),
          c.getDecidedBy(),
          c.getDecidedAt(),
          c.getComment(),
          c.isByProposer(),
          isVoid ? proposed.whyVoid() : null);
    }
  }

  @Inject private ReadProfiles profiles;
  @Inject private ChangeRule changeRule;

  @PathParam("slug")
  private String slug;

  @GET
  public Page<RuleChangeView> list() {
    return Page.whole(profiles.ruleChanges(slug).stream().map(RuleChangeView::of).toList());
  }

  @POST
  public Response propose(Proposal proposal) {
    RuleChange change =
        changeRule.propose(
            slug,
            proposal.requiredApprovals(),
            ApprovalRule.duration(proposal.emergencyWithin()),
            proposal.reason());
    return Response.created(URI.create("profiles/" + slug + "/rule-changes/" + change.getId()))
        .entity(view(change))
        .build();
  }

  @GET
  @Path("/{id}")
  public RuleChangeView change(@PathParam("id") long id) {
    return RuleChangeView.of(profiles.ruleChange(slug, id));
  }

  @POST
  @Path("/{id}/approve")
  public RuleChangeView approve(@PathParam("id") long id, Words words) {
    return view(changeRule.approve(slug, id, Words.of(words)));
  }

  @POST
  @Path("/{id}/reject")
  public RuleChangeView reject(@PathParam("id") long id, Words words) {
    return view(changeRule.reject(slug, id, Words.of(words)));
  }

  @POST
  @Path("/{id}/withdraw")
  @Consumes(MediaType.WILDCARD)
  public RuleChangeView withdraw(@PathParam("id") long id) {
    return view(changeRule.withdraw(slug, id));
  }

  private RuleChangeView view(RuleChange change) {
    return RuleChangeView.of(profiles.ruleChange(slug, change.getId()));
  }
}
