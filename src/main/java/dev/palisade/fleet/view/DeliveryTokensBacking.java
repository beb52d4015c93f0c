package dev.palisade.fleet.view;

import dev.palisade.core.DomainException;
import dev.palisade.fleet.application.ManageDeliveryTokens;
import dev.palisade.fleet.application.ManageDeliveryTokens.Issued;
import dev.palisade.fleet.application.ManageDeliveryTokens.Standing;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Delivery tokens, the form for another one, and its secret, which it shows once. */
@Named("deliveryTokens")
@RequestScoped
public class DeliveryTokensBacking {

  private static final String PAGE = "/fleet/delivery";
  private static final int USUAL_DAYS = 90;

  @Inject private ManageDeliveryTokens manage;
  @Inject private Clock clock;

  private Long chosen;
  private String name;
  private String selector;
  private int days = USUAL_DAYS;
  private String created;
  private String secret;
  private List<Standing> tokens;

  public List<Standing> getTokens() {
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
  public Standing getChosenToken() {
    return getTokens().stream()
        .filter(standing -> standing.token().getId().equals(chosen))
        .findFirst()
        .orElseThrow(() -> DomainException.notFound("delivery token", chosen.toString()));
  }

  public void create() {
    Issued issued = manage.create(name, selector, clock.instant().plus(Duration.ofDays(days)));
    created = issued.token().getName();
    secret = issued.secret().text();
    name = null;
    selector = null;
    tokens = null;
  }

  public void revoke() {
    String revoked = getChosenToken().token().getName();
    manage.revoke(chosen);
    PageFlow.done(PAGE, revoked + " opens nothing any more.");
  }

  /** Null until a token was created by this request. */
  public String getSecret() {
    return secret;
  }

  /** What the token is called whose secret is shown. */
  public String getCreated() {
    return created;
  }

  public Long getChosen() {
    return chosen;
  }

  public void setChosen(Long chosen) {
    this.chosen = chosen;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getSelector() {
    return selector;
  }

  public void setSelector(String selector) {
    this.selector = selector;
  }

  public int getDays() {
    return days;
  }

  public void setDays(int days) {
    this.days = days;
  }
}
