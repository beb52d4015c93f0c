package dev.palisade.fleet.view;

import dev.palisade.core.DomainException;
import dev.palisade.core.PortalAddress;
import dev.palisade.fleet.EnrolmentToken;
import dev.palisade.fleet.application.ManageEnrolment;
import dev.palisade.fleet.application.ManageEnrolment.Made;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Enrolment tokens, the form for another one, and its secret, which it shows once. */
@Named("enrolmentTokens")
@RequestScoped
public class EnrolmentTokensBacking {

  private static final String PAGE = "/fleet/enrolment";
  private static final int USUAL_DAYS = 7;

  @Inject private ManageEnrolment manage;
  @Inject private Clock clock;

  private Long chosen;
  private String labels;
  private int maxUses = 1;
  private int days = USUAL_DAYS;
  private boolean autoAccept;
  private String secret;
  private List<EnrolmentToken> tokens;

  public List<EnrolmentToken> getTokens() {
    if (tokens == null) {
      tokens = manage.list();
    }
    return tokens;
  }

  /** Looks whether there is the token that the address names. */
  public void open() {
    if (chosen != null) {
      getChosenToken();
    }
  }

  /** The token that the address names. */
  public EnrolmentToken getChosenToken() {
    return getTokens().stream()
        .filter(token -> token.getId().equals(chosen))
        .findFirst()
        .orElseThrow(() -> DomainException.notFound("enrolment token", chosen.toString()));
  }

  /** Whether a token lets another host in. */
  public boolean works(EnrolmentToken token) {
    return token.works(clock.instant());
  }

  public void create() {
    Made made =
        manage.create(
            Pairs.read("/labels", labels, "Labels look like env=home role=server."),
            maxUses,
            clock.instant().plus(Duration.ofDays(days)),
            autoAccept);
    secret = made.secret().text();
    labels = null;
    maxUses = 1;
    autoAccept = false;
    tokens = null;
  }

  public void revoke() {
    manage.revoke(chosen);
    PageFlow.done(PAGE, "Token " + chosen + " lets nobody in any more.");
  }

  /** What a host runs to enrol itself; it keeps the host's own token. */
  public String getCommand() {
    return """
        jq -n --rawfile token /run/enrolment-token --arg name "$(hostname)" \\
          --rawfile key /etc/ssh/ssh_host_ed25519_key.pub \\
          '{token: ($token | rtrimstr("\\n")), $name, sshHostKey: $key}' |
          curl -sf -H 'Content-Type: application/json' --data-binary @- %s |
          (umask 077; jq -r .token > /var/lib/secrets/palisade-token)"""
        .formatted(PortalAddress.of("/agent/v1/enrol"));
  }

  /** Null until a token was created by this request. */
  public String getSecret() {
    return secret;
  }

  public Long getChosen() {
    return chosen;
  }

  public void setChosen(Long chosen) {
    this.chosen = chosen;
  }

  public String getLabels() {
    return labels;
  }

  public void setLabels(String labels) {
    this.labels = labels;
  }

  public int getMaxUses() {
    return maxUses;
  }

  public void setMaxUses(int maxUses) {
    this.maxUses = maxUses;
  }

  public int getDays() {
    return days;
  }

  public void setDays(int days) {
    this.days = days;
  }

  public boolean isAutoAccept() {
    return autoAccept;
  }

  public void setAutoAccept(boolean autoAccept) {
    this.autoAccept = autoAccept;
  }
}
