package dev.palisade.fleet.view;

import dev.palisade.fleet.application.ManageDeliveryTokens;
import dev.palisade.fleet.application.ManageDeliveryTokens.Issued;
import dev.palisade.fleet.application.ManageDeliveryTokens.Standing;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Delivery tokens, and the form for another one. */
@Named("deliveryTokens")
@RequestScoped
public class DeliveryTokensBacking extends TokensBacking<Standing> {

  private static final String PAGE = "/fleet/delivery";
  private static final int USUAL_DAYS = 90;

  @Inject private ManageDeliveryTokens manage;

  private String name;
  private String selector;
  private String created;

  public DeliveryTokensBacking() {
    super("delivery token", USUAL_DAYS);
  }

  @Override
  List<Standing> list() {
    return manage.list();
  }

  @Override
  Long id(Standing standing) {
    return standing.token().getId();
  }

  /** The token that the address names. */
  public Standing getChosenToken() {
    return existing();
  }

  public void create() {
    Issued issued = manage.create(name, selector, expiry());
    created = issued.token().getName();
    created(issued.secret().text());
    name = null;
    selector = null;
  }

  public void revoke() {
    String revoked = getChosenToken().token().getName();
    manage.revoke(getChosen());
    PageFlow.done(PAGE, revoked + " opens nothing any more.");
  }

  /** What the token is called whose secret is shown. */
  public String getCreated() {
    return created;
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
}
