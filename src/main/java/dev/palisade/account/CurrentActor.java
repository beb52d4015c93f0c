package dev.palisade.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;

/** Who acts in this request. Set once by authentication, or by a job that acts for the portal. */
@Named("actor")
@RequestScoped
public class CurrentActor {

  private Actor actor = Actor.NOBODY;

  public Actor get() {
    return actor;
  }

  /** Says who acts from here on in this request. */
  public void become(Actor next) {
    this.actor = next;
  }

  /** For pages: whether to show what needs this permission. The use case decides in the end. */
  public boolean can(Permission permission) {
    return actor.can(permission);
  }

  public String getName() {
    return actor.name();
  }

  public String getDisplayName() {
    return actor.displayName();
  }

  public boolean isSignedIn() {
    return actor.kind() == Actor.Kind.PERSON;
  }
}
