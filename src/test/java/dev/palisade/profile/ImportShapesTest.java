package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.core.DomainException;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.profile.SettingsImport.Imported;
import dev.palisade.profile.SettingsImport.Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Modules in many shapes, each with what Nix makes of it, as far as the text says it: what Nix
 * would have to evaluate is missing from the expected settings, never different.
 */
class ImportShapesTest {

  private final Catalog catalog = CatalogFiles.shipped();

  static Stream<Arguments> shapes() throws IOException {
    try (InputStream in = ImportShapesTest.class.getResourceAsStream("import-shapes.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("(?m)^=== "))
          .skip(1)
          .map(
              shape -> {
                String[] parts = shape.split("\n", 2);
                String[] head = parts[0].split(" \\| ", 2);
                return arguments(head[0], parts[1], head[1]);
              });
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void moduleGivesWhatNixGives(String name, String text, String expected) {
    assertThat(settings(read(text)).split(" (?=[^ ]*=)"))
        .containsExactlyInAnyOrder(expected.split(" (?=[^ ]*=)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "boot.kernelParams = [ \"vsyscall=none\" cfg.word ]; | cfg.word",
        "networking.firewall.allowedTCPPorts = [ 22 cfg.port ]; | cfg.port",
        "networking.firewall.allowedTCPPorts = [ 22 ] ++ cfg.ports; | cfg.ports",
        "boot.kernel.sysctl.\"kernel.sysrq\" = if a then 0 else 1; | if a then 0 else 1",
        "boot.kernel.sysctl = sets.server; | sets.server",
        "boot.kernelParams = [ \"quiet -- audit=1\" ]; | audit=1 It stands behind “--”",
        "imports = [ ./disk.nix ]; | ./disk.nix",
        "imports = [ (import ../x { }) ]; | (import ../x { })",
        "imports = lib.optional a ./x.nix; | lib.optional a ./x.nix",
        "boot.kernel.sysctl = { \"kernel.sysrq\" = 0; } // cfg.more; | cfg.more",
      })
  void whatIsNotKnownIsNamed(String line, String named) {
    Imported read = read("{ cfg, ... }:\n{\n  security.audit.enable = true;\n  " + line + "\n}");
    assertThat(read.notUnderstood())
        .anyMatch(n -> n.line() == 4 && (n.text() + " " + n.why()).contains(named));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kernel.sysrq = 0x10 | kernel.sysrq=16",
        "kernel.sysrq = 020 | kernel.sysrq=16",
        "kernel.kptr_restrict=02 | kernel.kptr_restrict=2",
        "kernel.sysrq = 4 # SAK | kernel.sysrq=4",
        "net.ipv4.tcp_syncookies = 1 ; always | net.ipv4.tcp_syncookies=1",
        "kernel.printk = 3\t3 0x3 3 | kernel.printk=3 3 3 3",
        "kernel.panic = -1 | kernel.panic=-1",
        "; old;# note;kernel.sysrq=0 | kernel.sysrq=0",
        "- kernel.sysrq = 0 | kernel.sysrq=0",
        "kernel/yama/ptrace_scope=2 | kernel.yama.ptrace_scope=2",
      })
  void sysctlGivesWhatTheKernelReads(String lines, String expected) {
    assertThat(settings(read(lines.replace("\\t", "\t").replace(";k", "\nk").replace(";#", "\n#"))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2m, 120",
    "90s, 90",
    "1h30m, 5400",
    "1H, 3600",
    "'120', 120",
  })
  void timesOfSshdAreSeconds(String written, String seconds) {
    assertThat(
            settings(
                read(
                    "{ ... }: { services.openssh.settings.LoginGraceTime = \""
                        + written
                        + "\"; }")))
        .isEqualTo(
            Integer.parseInt(seconds) > 3600
                ? ""
                : "services.openssh.settings.LoginGraceTime=" + seconds);
  }

  @Test
  void draftThatGivesTimeOfSshdIsToldTheSeconds() {
    String json =
        "{\"settings\":[{\"key\":\"services.openssh.settings.LoginGraceTime\",\"value\":\"2m\"}]}";
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            DomainException.class,
            e -> assertThat(e.faults().get(0).detail()).contains("“2m” is 120 seconds: write 120"));
  }

  @Test
  void conflictWithUnknownDefinitionTakesNeither() {
    Imported read =
        read(
            """
            { cfg, lib, ... }: lib.mkMerge [
              { boot.kernel.sysctl."kernel.sysrq" = 0; }
              { boot.kernel.sysctl."kernel.sysrq" = cfg.sysrq; }
            ]
            """);
    assertThat(read.content().settings()).isEmpty();
    assertThat(read.notUnderstood()).extracting(Note::line).containsExactly(2, 3);
  }

  @Test
  void setReplacedUnderConditionIsNotTaken() {
    Imported read =
        read(
            """
            { lib, ... }: lib.mkMerge [
              { boot.kernel.sysctl."kernel.sysrq" = 0; }
              (lib.mkIf lab { boot.kernel.sysctl = lib.mkForce { }; })
            ]
            """);
    assertThat(read.content().settings()).isEmpty();
    assertThat(read.notUnderstood().get(0).why()).contains("Under mkIf lab, line 3 replaces");
  }

  @Test
  void decisiveNoteIsNotLostAmongThousands() {
    String many = "  environment.systemPackages = f x;\n  users.users.a = g y;\n".repeat(3_000);
    Imported read =
        read("{ ... }: {\n" + many + "  boot.kernel.sysctl.\"kernel.sysrq\" = cfg.sysrq;\n}");
    assertThat(read.notUnderstood()).hasSize(1_000);
    assertThat(read.notUnderstood().get(0).line()).isEqualTo(6_002);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2_500; i++) {
      lines.append("vm.no_such_thing").append(i).append(" = 1\n");
    }
    Imported conf = read(lines + "kernel.sysrq = lots\n");
    assertThat(conf.notUnderstood().get(0).line()).isEqualTo(2_501);
  }

  @Test
  void namesThatStandForNamesAreBounded() {
    StringBuilder text = new StringBuilder("let a0 = { x = 1; y = 2; };\n");
    for (int i = 1; i < 40; i++) {
      String before = "a" + (i - 1);
      text.append("a" + i + " = { x = " + before + "; y = " + before + "; };\n");
    }
    Imported read = read(text + "b = b; in { ... }: { boot.kernel.sysctl = a39; c = b; }");
    assertThat(read.content().settings()).isEmpty();
    assertThat(read.notUnderstood()).isNotEmpty();
  }

  private Imported read(String text) {
    return SettingsImport.read(new Options(null, false, false), text, catalog);
  }

  private static String settings(Imported imported) {
    return imported.content().settings().stream()
        .map(s -> s.key() + "=" + s.value().display())
        .collect(Collectors.joining(" "));
  }
}
