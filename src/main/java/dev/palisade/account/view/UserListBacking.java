package dev.palisade.account.view;

import dev.palisade.account.Role;
import dev.palisade.account.User;
import dev.palisade.account.application.ManageUsers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** People and their roles, and the form for another one. */
@Named("userList")
@RequestScoped
public class UserListBacking {

  @Inject private ManageUsers users;

  private String username;
  private String displayName;
  private String password;
  private List<Role> roles = List.of();

  public List<User> getUsers() {
    return users.list();
  }

  /** Whether nobody could approve what somebody else wrote. */
  public boolean isLackingPeople() {
    return !User.canApproveEachOther(getUsers());
  }

  public List<Role> getAllRoles() {
    return List.of(Role.values());
  }

  public void create() {
    Set<Role> chosen = roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles);
    users.create(username, displayName == null ? username : displayName, null, chosen, password);
    say(
        username
            + (password == null
                ? " is created and cannot sign in before a password is set."
                : " can sign in now."));
    username = null;
    displayName = null;
    password = null;
    roles = List.of();
  }

  private static void say(String what) {
    FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(what));
  }

  /**
   * Disables or enables the account that the button names. A row's place would not do: the list may
   * have changed since the page was shown.
   */
  public void turn() {
    Map<String, String> sent =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
    String account = sent.get("account");
    boolean disable = Boolean.parseBoolean(sent.get("disable"));
    users.change(account, new ManageUsers.Change(null, null, null, null, disable));
    say(account + (disable ? " is disabled." : " is enabled again."));
  }

  public String getUsername() {
    return username;
  }

  public void setUsername(String username) {
    this.username = username;
  }

  public String getDisplayName() {
    return displayName;
  }

  public void setDisplayName(String displayName) {
    this.displayName = displayName;
  }

  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public List<Role> getRoles() {
    return roles;
  }

  public void setRoles(List<Role> roles) {
    this.roles = roles;
  }
}
