package dev.palisade.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.audit.verdict.Deployment;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.Expected;
import dev.palisade.audit.verdict.SysctlDump;
import dev.palisade.audit.verdict.VerdictEngine;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.Digest;
import dev.palisade.nix.ModuleContent;
import dev.palisade.nix.ModuleRenderer;
import dev.palisade.nix.ModuleSetting;
import dev.palisade.nix.ReleaseFiles;
import dev.palisade.nix.SourceTree;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Times the pure parts, after warm-up, against hashing one mebibyte on the same core in the same
 * run: the ratio travels between machines, the milliseconds do not.
 */
public final class Bench {

  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration RUN = Duration.ofSeconds(3);

  /** Takes every result, so that no work is optimised away. */
  @SuppressWarnings("unused") // only written
  private static volatile Object sink;

  private Bench() {}

  public static void main(String[] arguments) throws IOException {
    byte[] mebibyte = new byte[1 << 20];
    double unit = time(() -> Digest.of(mebibyte));
    System.out.printf(Locale.ROOT, "%-58s %8.3f ms%n", "SHA-256 of 1 MiB, the unit", unit);
    byte[] dump =
        Bench.class
            .getResourceAsStream("/dev/palisade/demo/sysctl-a-linux-6.18.txt")
            .readAllBytes();
    Evidence evidence = SysctlDump.read(dump).evidence();
    List<Expected> expected = expected200();
    List<ModuleSetting> settings = homelabLan();
    List<String> families = settings.stream().map(ModuleSetting::family).distinct().toList();
    row("read a sysctl -a of 1,302 values", unit, () -> SysctlDump.read(dump));
    row("name its content", unit, () -> evidence.contentDigest(CatalogFiles.shipped()));
    row(
        "judge " + expected.size() + " settings (target 0.5 ms)",
        unit,
        () -> VerdictEngine.judge(expected, evidence, Deployment.CURRENT));
    row(
        "render, hash and pack a release of 49 settings (target 5 ms)",
        unit,
        () -> {
          SourceTree tree =
              ReleaseFiles.tree(
                  ModuleRenderer.render(
                      ModuleRenderer.ID,
                      new ModuleContent(
                          List.of("x"), null, List.of(), families, settings, List.of())));
          return tree.narHash() + tree.tarGz("hardening").length;
        });
  }

  private static void row(String what, double unit, Supplier<Object> work) {
    double millis = time(work);
    System.out.printf(Locale.ROOT, "%-58s %8.3f ms   %6.2f units%n", what, millis, millis / unit);
  }

  private static double time(Supplier<Object> work) {
    repeat(work, WARM_UP);
    return repeat(work, RUN);
  }

  /** Milliseconds per call. */
  private static double repeat(Supplier<Object> work, Duration span) {
    long start = System.nanoTime();
    long end = start + span.toNanos();
    long calls = 0;
    long now;
    do {
      sink = work.get();
      calls++;
      now = System.nanoTime();
    } while (now < end);
    return (now - start) / 1e6 / calls;
  }

  /**
   * Two hundred settings with values of their own type, the kernel's default where there is one.
   */
  private static List<Expected> expected200() {
    return CatalogFiles.shipped().settings().stream()
        .filter(s -> s.kind() == SettingKind.SYSCTL || s.kind() == SettingKind.NIXOS_OPTION)
        .limit(200)
        .map(
            s ->
                new Expected(
                    s,
                    s.kernelDefault() == null ? new SettingValue.Int(1) : s.kernelDefault(),
                    "bench"))
        .toList();
  }

  private static List<ModuleSetting> homelabLan() throws IOException {
    Catalog catalog = CatalogFiles.shipped();
    List<ModuleSetting> settings = new ArrayList<>();
    for (JsonNode row :
        new ObjectMapper()
            .readTree(Bench.class.getResourceAsStream("/dev/palisade/profile/homelab-lan.json"))
            .get("settings")) {
      catalog
          .find(row.get("key").textValue())
          .ifPresent(
              known ->
                  settings.add(
                      new ModuleSetting(
                          known.key(),
                          known.kind(),
                          known.merge(),
                          SettingValue.fromJson(row.get("value"), "/value"),
                          null,
                          false,
                          known.family(),
                          List.of())));
    }
    return settings;
  }
}
