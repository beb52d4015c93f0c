package dev.palisade.launcher;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How to reach the database in its two roles.
 *
 * @param url JDBC URL without credentials
 * @param owner owns every table; only migrations run as it
 * @param app reads and writes rows; cannot alter tables
 */
record DatabaseAccess(String url, Login owner, Login app) {

  /** A role and its password. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  static DatabaseAccess to(Settings.ExternalDatabase database) {
    return new DatabaseAccess(
        database.url(),
        new Login(database.user(), database.password()),
        database.appPassword() == null
            ? derivedLogin(database.password(), database.appUser())
            : new Login(database.appUser(), database.appPassword()));
  }

  Connection connect(Login login) throws SQLException {
    return DriverManager.getConnection(url, login.user(), login.password());
  }

  /** A role whose password everybody who knows the secret can work out, and nobody else. */
  static Login derivedLogin(String secret, String user) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] derived = mac.doFinal(("palisade role " + user).getBytes(StandardCharsets.UTF_8));
      return new Login(user, HexFormat.of().formatHex(derived));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
    }
  }
}
