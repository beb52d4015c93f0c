package dev.palisade.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the server writes what it does. The console is kept for the few lines that a person needs.
 */
final class Logs {

  private static final Pattern FAILURE =
      Pattern.compile(
          "(?:Caused by: |Exception while |Error occurred |SEVERE.*?: )(.*)",
          Pattern.CASE_INSENSITIVE);

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

  /** The root cause of the newest failure in the log, for the line that the launcher prints. */
  static String firstFailure(Path dataDirectory) {
    try (Stream<String> lines = Files.lines(file(dataDirectory), StandardCharsets.UTF_8)) {
      List<String> causes =
          lines.map(FAILURE::matcher).filter(Matcher::find).map(m -> m.group(1)).toList();
      return causes.isEmpty() ? "no cause was logged" : causes.get(causes.size() - 1);
    } catch (IOException e) {
      return "the log cannot be read";
    }
  }
}
