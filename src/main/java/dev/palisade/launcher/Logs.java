package dev.palisade.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the server writes what it does. The console is kept for the few lines that a person needs.
 */
final class Logs {

  private static final String UNKNOWN = "no cause was logged";
  private static final String SEVERE = " SEVERE ";
  private static final String WHILE_LOADING = "Exception while loading the app : ";

  private Logs() {}

  /** The newest of the rotating files. */
  static Path file(Path dataDirectory) {
    return dataDirectory.resolve("log").resolve("server.0.log");
  }

  /** The logging configuration: one rotating file, no console. */
  static Path properties(Path dataDirectory) throws IOException {
    Path file = file(dataDirectory);
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file.resolveSibling("logging.properties"),
        """
        handlers=java.util.logging.FileHandler
        java.util.logging.FileHandler.pattern=%s
        java.util.logging.FileHandler.limit=10000000
        java.util.logging.FileHandler.count=5
        java.util.logging.FileHandler.append=true
        java.util.logging.FileHandler.encoding=UTF-8
        java.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter
        java.util.logging.SimpleFormatter.format=%%1$tFT%%1$tT.%%1$tL%%1$tz %%4$s %%3$s: %%5$s%%6$s%%n
        .level=INFO
        org.hibernate.level=WARNING
        com.hazelcast.level=WARNING
        """
            .formatted(file.resolveSibling("server.%g.log")));
  }

  /** How long the log is now; what follows belongs to this start. */
  static long length(Path dataDirectory) throws IOException {
    return Files.exists(file(dataDirectory)) ? Files.size(file(dataDirectory)) : 0;
  }

  /**
   * The innermost cause of the first failure in the log, or else its first severe message, for the
   * line that the launcher prints.
   *
   * @param from where this start began in the file, in bytes
   */
  static String firstFailure(Path dataDirectory, long from) {
    try (InputStream in = Files.newInputStream(file(dataDirectory))) {
      in.skipNBytes(Math.min(from, Files.size(file(dataDirectory))));
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      String found = UNKNOWN;
      String severe = UNKNOWN;
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (line.startsWith("Caused by: ")) {
          found =
              line.substring("Caused by: ".length())
                  .replaceFirst("^[\\w.$]+(?:Exception|Error): ", "");
          if (found.endsWith(":") && i + 1 < lines.size()) {
            found += " " + lines.get(i + 1);
          }
        } else if (line.contains(SEVERE) && !found.equals(UNKNOWN)) {
          return found;
        } else if (line.contains(WHILE_LOADING)) {
          return line.substring(line.indexOf(WHILE_LOADING) + WHILE_LOADING.length());
        } else if (line.contains(SEVERE) && severe.equals(UNKNOWN)) {
          severe = line.substring(line.indexOf(SEVERE) + SEVERE.length());
        }
      }
      return found.equals(UNKNOWN) ? severe : found;
    } catch (IOException e) {
      return "the log cannot be read";
    }
  }
}
