package dev.palisade.launcher;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the environment says, checked. The table of variables in docs/operating.md is the
 * documentation of this class.
 *
 * @param port the HTTP port, 1 to 65535
 * @param bind the address to listen on
 * @param dataDirectory where everything that is kept between starts lives
 * @param database the external database, or null for the embedded one
 * @param baseUrl how browsers and hosts reach the portal, without a slash at the end
 * @param adminPassword the first administrator's password at the first start, or null for a random
 *     one
 * @param signingKeyFile the key that signs statements and checkpoints, or null for one of our own
 *     in the data directory
 * @param singleOperator whether one person may decide on what they wrote themselves
 * @param demo whether a demo fleet was asked for
 */
record Settings(
    int port,
    String bind,
    Path dataDirectory,
    ExternalDatabase database,
    String baseUrl,
    String adminPassword,
    Path signingKeyFile,
    boolean singleOperator,
    boolean demo) {

  /**
   * A PostgreSQL server that somebody else runs.
   *
   * @param url JDBC URL
   * @param user the role that owns the tables and runs the migrations
   * @param appUser the role of the application, without the right to alter tables
   * @param appPassword null: derived from the owner's password, so that several nodes agree
   */
  record ExternalDatabase(
      String url, String user, String password, String appUser, String appPassword) {}

  static Settings read(Map<String, String> environment, String... arguments) throws StartFailure {
    boolean demo = false;
    for (String argument : arguments) {
      if (!argument.equals("--demo")) {
        throw new StartFailure(
            "Unknown argument “"
                + argument
                + "”; there are --demo, and the commands verify-journal, verify-release and"
                + " rotate-signing-key");
      }
      demo = true;
    }
    int port = port(value(environment, "PALISADE_HTTP_PORT", "8080"));
    ExternalDatabase database = database(environment);
    String bind = value(environment, "PALISADE_BIND", database == null ? "127.0.0.1" : "0.0.0.0");
    return new Settings(
        port,
        bind,
        Path.of(value(environment, "PALISADE_DATA_DIR", "data")).toAbsolutePath().normalize(),
        database,
        baseUrl(value(environment, "PALISADE_BASE_URL", "http://localhost:" + port)),
        adminPassword(value(environment, "PALISADE_ADMIN_PASSWORD", null)),
        signingKeyFile(value(environment, "PALISADE_SIGNING_KEY_FILE", null)),
        singleOperator(value(environment, "PALISADE_SINGLE_OPERATOR", "false")),
        demo);
  }

  /** Whether only this machine can reach the portal. */
  boolean isLoopback() {
    return bind.equals("127.0.0.1") || bind.equals("localhost") || bind.equals("::1");
  }

  private static ExternalDatabase database(Map<String, String> environment) throws StartFailure {
    String url = value(environment, "PALISADE_DB_URL", null);
    if (url == null) {
      return null;
    }
    if (!url.startsWith("jdbc:postgresql://")) {
      throw new StartFailure("PALISADE_DB_URL must look like jdbc:postgresql://host:5432/palisade");
    }
    return new ExternalDatabase(
        url,
        required(environment, "PALISADE_DB_USER"),
        required(environment, "PALISADE_DB_PASSWORD"),
        value(environment, "PALISADE_DB_APP_USER", "palisade_app"),
        value(environment, "PALISADE_DB_APP_PASSWORD", null));
  }

  private static int port(String text) throws StartFailure {
    if (!text.matches("[0-9]{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > 65_535) {
      throw new StartFailure(
          "PALISADE_HTTP_PORT must be a port from 1 to 65535, not “" + text + "”");
    }
    return Integer.parseInt(text);
  }

  private static boolean singleOperator(String text) throws StartFailure {
    if (!text.equals("true") && !text.equals("false")) {
      throw new StartFailure("PALISADE_SINGLE_OPERATOR must be true or false, not “" + text + "”");
    }
    return text.equals("true");
  }

  private static String adminPassword(String text) throws StartFailure {
    if (text != null && text.length() < 10) {
      throw new StartFailure("PALISADE_ADMIN_PASSWORD must have at least 10 characters");
    }
    return text;
  }

  private static Path signingKeyFile(String text) throws StartFailure {
    if (text == null) {
      return null;
    }
    Path file = Path.of(text).toAbsolutePath().normalize();
    if (!Files.isReadable(file)) {
      throw new StartFailure("PALISADE_SIGNING_KEY_FILE names " + file + ", which cannot be read");
    }
    return file;
  }

  private static String baseUrl(String text) throws StartFailure {
    try {
      URI uri = URI.create(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getPath().isEmpty() || uri.getPath().equals("/");
      if (web && bare && uri.getHost() != null && uri.getQuery() == null) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new StartFailure(
        "PALISADE_BASE_URL must look like https://palisade.example.net, not “" + text + "”");
  }

  private static String required(Map<String, String> environment, String name) throws StartFailure {
    String value = value(environment, name, null);
    if (value == null) {
      throw new StartFailure(name + " is missing; it is needed with PALISADE_DB_URL");
    }
    return value;
  }

  private static String value(Map<String, String> environment, String name, String otherwise) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }
}
