package dev.palisade.account.persistence;

import dev.palisade.account.User;
import dev.palisade.account.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Users in PostgreSQL. */
@ApplicationScoped
public class HibernateUsers implements Users {

  @PersistenceContext private EntityManager em;

  @Override
  public List<User> all() {
    return em.createQuery("select u from User u order by u.username", User.class).getResultList();
  }

  @Override
  public Optional<User> find(String username) {
    return em.createQuery("select u from User u where u.username = :username", User.class)
        .setParameter("username", username)
        .getResultStream()
        .findFirst();
  }

  @Override
  public boolean isSingleOperator() {
    return !em.createNativeQuery("select started_at from account_single_operator")
        .getResultList()
        .isEmpty();
  }

  @Override
  public void add(User user) {
    em.persist(user);
  }

  @Override
  public void addToken(User user, byte[] hash, Instant now, Instant expires) {
    em.createNativeQuery(
            "insert into account_token (user_id, hash, created_at, expires_at)"
                + " values (:user, :hash, :now, :expires)")
        .setParameter("user", user.id())
        .setParameter("hash", hash)
        .setParameter("now", now)
        .setParameter("expires", expires)
        .executeUpdate();
  }

  @Override
  public Optional<User> byTokenHash(byte[] hash, Instant now) {
    Object username =
        em.createNativeQuery(
                "select (select u.username from account_token t join account_user u on u.id = t.user_id"
                    + " where t.hash = :hash and t.expires_at > :now and t.revoked_at is null)")
            .setParameter("hash", hash)
            .setParameter("now", now)
            .getSingleResult();
    return username == null ? Optional.empty() : find((String) username);
  }

  @Override
  public void revokeTokens(User user, Instant now) {
    em.createNativeQuery(
            "update account_token set revoked_at = :now where user_id = :user and revoked_at is null")
        .setParameter("now", now)
        .setParameter("user", user.id())
        .executeUpdate();
  }

  @Override
  public void flush() {
    em.flush();
  }
}
