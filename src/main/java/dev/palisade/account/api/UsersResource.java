package dev.palisade.account.api;

import dev.palisade.account.Role;
import dev.palisade.account.User;
import dev.palisade.account.application.ManageUsers;
import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Users and their roles. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/users")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {

  /** A user as the API shows one. */
  public record UserView(
      String username,
      String displayName,
      String email,
      List<String> roles,
      boolean disabled,
      boolean system,
      Instant createdAt) {

    static UserView of(User user) {
      return new UserView(
          user.getUsername(),
          user.getDisplayName(),
          user.getEmail(),
          user.getRoles().stream().map(Role::code).toList(),
          user.getDisabledAt() != null,
          user.isSystem(),
          user.getCreatedAt());
    }
  }

  /** A user to create. */
  public record NewUser(
      String username, String displayName, String email, List<String> roles, String password) {}

  /** What to change; a member that is missing stays as it is. */
  public record UserChange(
      String displayName, String email, List<String> roles, String password, Boolean disabled) {}

  @Inject private ManageUsers users;

  @GET
  public Page<UserView> list() {
    return Page.whole(users.list().stream().map(UserView::of).toList());
  }

  @GET
  @Path("/{username}")
  public UserView user(@PathParam("username") String username) {
    return UserView.of(users.user(username));
  }

  @POST
  public Response create(NewUser user) {
    User created =
        users.create(
            user.username(),
            user.displayName() == null ? user.username() : user.displayName(),
            user.email(),
            user.roles() == null ? Set.of() : roles(user.roles()),
            user.password());
    return Response.created(URI.create("users/" + created.getUsername()))
        .entity(UserView.of(created))
        .build();
  }

  @PATCH
  @Path("/{username}")
  public UserView change(@PathParam("username") String username, UserChange change) {
    return UserView.of(
        users.change(
            username,
            new ManageUsers.Change(
                change.displayName(),
                change.email(),
                change.roles() == null ? null : roles(change.roles()),
                change.password(),
                change.disabled())));
  }

  private static Set<Role> roles(List<String> codes) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (int i = 0; i < codes.size(); i++) {
      String code = codes.get(i);
      Role role =
          List.of(Role.values()).stream()
              .filter(r -> r.code().equals(code))
              .findFirst()
              .orElse(null);
      if (role == null) {
        throw DomainException.notValid(
            "/roles/" + i,
            "The roles are viewer, author, approver, operator, auditor and administrator.");
      }
      roles.add(role);
    }
    return roles;
  }
}
