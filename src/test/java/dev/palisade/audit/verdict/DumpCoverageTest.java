package dev.palisade.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.catalog.CatalogFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A missing key is absent only where the dump was taken of the place where it would stand. */
class DumpCoverageTest {

  /** A dump of everything but the key, and then a part of its lines. */
  private static boolean covers(String key, String from, String to) throws IOException {
    byte[] body =
        DumpCoverageTest.class
            .getResourceAsStream("/dev/palisade/demo/sysctl-a-linux-6.18.txt")
            .readAllBytes();
    List<String> lines =
        new String(body, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains(" = ") && !line.startsWith(key + " "))
            .filter(line -> line.compareTo(from) >= 0 && line.compareTo(to) < 0)
            .toList();
    String part = lines.stream().collect(Collectors.joining("\n"));
    Evidence evidence = SysctlDump.read(part.getBytes(StandardCharsets.UTF_8)).evidence();
    return new DumpCoverage(evidence).covers(CatalogFiles.shipped().find(key).orElseThrow());
  }

  @ParameterizedTest(name = "{0} from {1} to {2}: {3}")
  @CsvSource({
    "kernel.sysrq, a, z, true",
    "kernel.yama.ptrace_scope, a, z, true",
    "vm.unprivileged_userfaultfd, a, z, true",
    "kernel.sysrq, a, kernel.q, false",
    "kernel.yama.ptrace_scope, a, kernel.v, false",
    "vm.unprivileged_userfaultfd, a, vm.p, false",
    "fs.protected_symlinks, a, fs.p, false",
    "kernel.dmesg_restrict, kernel.h, z, false",
    "net.ipv4.tcp_syncookies, net., net.z, true",
    "kernel.sysrq, net., net.z, false",
  })
  void keyIsCoveredWithinTheDumpAlone(String key, String from, String to, boolean covered)
      throws IOException {
    assertThat(covers(key, from, to)).isEqualTo(covered);
  }
}
