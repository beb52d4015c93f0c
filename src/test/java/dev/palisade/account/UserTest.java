package dev.palisade.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who can approve what somebody else wrote. */
class UserTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void oneWriterAndOneApproverSuffice() {
    assertThat(
            User.canApproveEachOther(
                List.of(user("ada", Role.AUTHOR), user("bob", Role.APPROVER, Role.OPERATOR))))
        .isTrue();
  }

  @Test
  void onePersonWithBothRolesDoesNot() {
    assertThat(User.canApproveEachOther(List.of(user("ada", Role.AUTHOR, Role.APPROVER))))
        .isFalse();
    assertThat(User.canApproveEachOther(List.of(user("ada", Role.AUTHOR), user("bob")))).isFalse();
  }

  @Test
  void disabledApproverDoesNotCount() {
    User bob = user("bob", Role.APPROVER);
    bob.disable(NOW);
    assertThat(User.canApproveEachOther(List.of(user("ada", Role.AUTHOR), bob))).isFalse();
  }

  private static User user(String name, Role... roles) {
    User user = new User(name, name, NOW);
    user.grant(Set.of(roles));
    return user;
  }
}
