package dev.palisade.fleet.view;

import dev.palisade.core.PortalAddress;
import dev.palisade.fleet.EnrolmentToken;
import dev.palisade.fleet.application.ManageEnrolment;
import dev.palisade.fleet.application.ManageEnrolment.Made;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Enrolment tokens, and the form for another one. */
@Named("enrolmentTokens")
@RequestScoped
public class EnrolmentTokensBacking extends TokensBacking<EnrolmentToken> {

  private static final String PAGE = "/fleet/enrolment";
  private static final int USUAL_DAYS = 7;

  @Inject private ManageEnrolment manage;

  private String labels;
  private int maxUses = 1;
  private boolean autoAccept;

  public EnrolmentTokensBacking() {
    super("enrolment token", USUAL_DAYS);
  }

  @Override
  List<EnrolmentToken> list() {
    return manage.list();
  }

  @Override
  Long id(EnrolmentToken token) {
    return token.getId();
  }

  /** The token that the address names. */
  public EnrolmentToken getChosenToken() {
    return existing();
  }

  /** Whether a token lets another host in. */
  public boolean works(EnrolmentToken token) {
    return token.works(now());
  }

  public void create() {
    Made made =
        manage.create(
            Pairs.read("/labels", labels, "Labels look like env=home role=server."),
            maxUses,
            expiry(),
            autoAccept);
    created(made.secret().text());
    labels = null;
    maxUses = 1;
    autoAccept = false;
  }

  public void revoke() {
    manage.revoke(getChosen());
    PageFlow.done(PAGE, "Token " + getChosen() + " lets nobody in any more.");
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

  public boolean isAutoAccept() {
    return autoAccept;
  }

  public void setAutoAccept(boolean autoAccept) {
    this.autoAccept = autoAccept;
  }
}
