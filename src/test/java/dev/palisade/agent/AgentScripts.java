package dev.palisade.agent;

import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The agent's scripts, copied to where any user may read them. */
final class AgentScripts {

  static final Path SOURCE = Path.of("src/main/resources/dev/palisade/agent");

  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final Path folder;

  AgentScripts(Path folder) throws IOException {
    for (String tool : List.of("bash", "jq", "curl", "openssl", "sysctl", "ss", "ssh-keygen")) {
      Tools.require(there(tool), tool + " is not installed");
    }
    this.folder = folder;
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String script : List.of("collect.sh", "send.sh", "update.sh")) {
      Files.copy(SOURCE.resolve(script), folder.resolve(script));
      Files.setPosixFilePermissions(
          folder.resolve(script), PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  static boolean there(String tool) {
    return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
        .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes a file that any user may read. */
  Path file(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  /** Writes a program. */
  Path program(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  Output run(Map<String, String> environment, String script, String... arguments) {
    return run(List.of(), environment, script, arguments);
  }

  Output runAsNobody(Map<String, String> environment, String script, String... arguments) {
    return run(isRoot() ? NOBODY : List.of(), environment, script, arguments);
  }

  /** In a command that begins so. */
  Output run(
      List<String> within, Map<String, String> environment, String script, String... arguments) {
    List<String> command = new ArrayList<>(within);
    command.add("bash");
    command.add(file(script).toString());
    command.addAll(List.of(arguments));
    Map<String, String> variables =
        new TreeMap<>(Map.of("PALISADE_HOST_KEY", "", "PALISADE_STATE", folder + "/state"));
    variables.putAll(environment);
    return Tools.run(variables, "", command.toArray(String[]::new));
  }
}
