package dev.palisade.account.view;

import dev.palisade.account.CurrentActor;
import dev.palisade.account.PortalSession;
import dev.palisade.account.application.SignIn;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.regex.Pattern;

/** The sign-in form, and the way out. */
@Named
@RequestScoped
public class SignInBacking {

  /** A path of this portal: one slash, then neither a second one nor a backslash. */
  private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[^\\\\\\p{Cntrl}]*");

  @Inject private SignIn signIn;
  @Inject private CurrentActor actor;

  private String username;
  private String password;
  private String from;

  public void signIn() throws IOException {
    String name = signIn.withPassword(username, password).name();
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    PortalSession.of((HttpServletRequest) external.getRequest()).begin(name);
    boolean own = from != null && OWN_PATH.matcher(from).matches();
    external.redirect(external.getRequestContextPath() + (own ? from : "/"));
  }

  public void signOut() throws IOException {
    ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
    PortalSession.of((HttpServletRequest) external.getRequest()).end();
    external.redirect(external.getRequestContextPath() + "/login");
  }

  /** Sends who is signed in already to the dashboard. */
  public void skipWhenSignedIn() throws IOException {
    if (actor.isSignedIn()) {
      ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
      external.redirect(external.getRequestContextPath() + "/");
    }
  }

  public String getUsername() {
    return username;
  }

  public void setUsername(String username) {
    this.username = username;
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public String getFrom() {
    return from;
  }

  public void setFrom(String from) {
    this.from = from;
  }
}
