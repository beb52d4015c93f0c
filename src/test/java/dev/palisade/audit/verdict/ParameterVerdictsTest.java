package dev.palisade.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judges parameters of the kernel, missing keys and IPv6 by evidence as hosts send it. */
class ParameterVerdictsTest {

  private static Judgement judge(String key, String value, String members) throws Exception {
    String json =
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"kernel.ostype\":\"Linux\"},%s}"
            .formatted(members.replace('\'', '"'));
    SettingValue asked =
        SettingValue.fromJson(new ObjectMapper().readTree(value.replace('\'', '"')), "/value");
    Evidence evidence = JsonEvidence.read(json.getBytes(StandardCharsets.UTF_8)).evidence();
    return VerdictEngine.judge(
            List.of(new Expected(CatalogFiles.shipped().find(key).orElseThrow(), asked, "p")),
            evidence,
            Deployment.CURRENT)
        .get(0);
  }

  @ParameterizedTest(name = "{0} = {1} with “{2}” is {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // kstrtobool
        "randomize_kstack_offset | 'on' | root=/dev/vda randomize_kstack_offset=1 | compliant",
        "randomize_kstack_offset | 'on' | randomize_kstack_offset=off | drifted",
        "init_on_alloc | '1' | init_on_alloc=on | compliant",
        "init_on_alloc | '1' | init_on_alloc=yes | compliant",
        "init_on_alloc | '1' | init_on_alloc=True | compliant",
        "init_on_alloc | '1' | init_on_alloc=OFF | drifted",
        "init_on_alloc | '1' | init_on_alloc=please | drifted",
        "init_on_alloc | '1' | init_on_alloc=1 init_on_alloc=please | drifted",
        "init_on_alloc | '1' | init_on_alloc | drifted",
        "init_on_alloc | '0' | init_on_alloc=1 | stronger",
        "page_alloc.shuffle | '1' | page_alloc.shuffle=Y | compliant",
        "page_alloc.shuffle | '1' | page_alloc.shuffle | compliant",
        "ia32_emulation | '0' | ia32_emulation=false | compliant",
        "iommu.strict | '1' | iommu.strict=n | drifted",
        // exact words
        "audit | '1' | audit=on | compliant",
        "audit | '1' | audit=yes | drifted",
        "audit | '1' | audit=off | drifted",
        "pti | 'on' | pti=1 | drifted",
        "pti | 'on' | pti=on | compliant",
        "pti | 'on' | pti=on nopti | drifted",
        "pti | 'on' | pti=on mitigations=off | unknown",
        "mitigations | 'auto' | mitigations=auto,nosmt | stronger",
        "mitigations | 'auto' | mitigations=AUTO | drifted",
        // numbers
        "ipv6.disable | '1' | ipv6.disable=0x1 | compliant",
        "ipv6.disable | '1' | ipv6.disable=yes | drifted",
        "vdso32 | '2' | vdso32=02 | compliant",
        "ipv6.disable | '1' | ipv6.disable=08 | drifted",
        "security.forcePageTableIsolation | true | pti=on | compliant",
        "security.forcePageTableIsolation | true | pti=on nopti | unknown",
        "security.forcePageTableIsolation | true | pti=on mitigations=off | unknown",
        // the last word, behind “--” none
        "init_on_free | '1' | init_on_free=1 init_on_free=0 | drifted",
        "init_on_free | '1' | quiet -- init_on_free=1 | drifted",
        "init_on_free | '1' | init_on_free=1 -- init_on_free=0 | compliant",
        "slab_nomerge | true | slub_nomerge | compliant",
        "slab_nomerge | true | slab_nomerge slab_merge | drifted",
        "slab_nomerge | true | slab-nomerge | compliant",
        "slab_nomerge | true | slab_nomerge=0 | compliant",
        // what is on is not switched off again
        "nosmt | true | nosmt=force | compliant",
        "boot.kernelParams | ['init_on_free=1'] | init_on_free=1 init_on_free=0 | drifted",
        "boot.kernelParams | ['console=tty0'] | console=tty0 console=ttyS0,115200 | compliant",
        "boot.kernelParams | ['quiet'] | -- quiet | drifted",
      })
  void commandLineIsReadAsTheKernelDoes(String key, String value, String line, String verdict)
      throws Exception {
    Judgement judged = judge(key, value, "'cmdline':'" + line + "'");
    assertThat(judged.verdict().code()).as(judged.why()).isEqualTo(verdict);
    assertThat(judged.why()).endsWith(".");
  }

  @Test
  void aNameAloneIsNotShownAsTrueWhereRefused() throws Exception {
    Judgement judged = judge("init_on_alloc", "'1'", "'cmdline':'init_on_alloc'");
    assertThat(judged.found()).isEqualTo("no value");
    assertThat(judged.why()).contains("init_on_alloc alone").doesNotContain("true");
    assertThat(judge("slab_nomerge", "true", "'cmdline':'slab_nomerge=0'").found())
        .isEqualTo("true");
  }

  @Test
  void quotesSurroundWholeWordsOrValues() {
    CommandLine line = CommandLine.parse("a=\"b c\" \"d=e f\" g=h\"i j\" \"k\" -- l");
    assertThat(line.words())
        .containsExactly(
            new CommandLine.Word("a", "b c"),
            new CommandLine.Word("d", "e f"),
            new CommandLine.Word("g", "h\"i j\""),
            new CommandLine.Word("k", null));
  }

  @ParameterizedTest(name = "{0} = {1} with {2} is {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "lockdown | 'integrity' | 'cmdline':'lockdown=integrity' | unknown",
        "lockdown | 'integrity' | 'lockdown':'none [integrity] confidentiality' | compliant",
        "lockdown | 'integrity' | 'lockdown':'none integrity [confidentiality]' | stronger",
        "lockdown | 'integrity' | 'lockdown':'[none] integrity confidentiality' | drifted",
        "lockdown | 'confidentiality' | 'lockdown':'integrity','cmdline':'lockdown=confidentiality'"
            + " | drifted",
        "module.sig_enforce | '1' | 'cmdline':'module.sig_enforce=1' | unknown",
        "module.sig_enforce | '1' | 'sigEnforce':'Y' | compliant",
        "module.sig_enforce | '1' | 'sigEnforce':'N','cmdline':'module.sig_enforce=1' | drifted",
        "module.sig_enforce | '0' | 'sigEnforce':'Y' | stronger",
        // IPv6
        "net.ipv6.conf.all.accept_redirects | 0 | 'cmdline':'ipv6.disable=1' | absent",
        "net.ipv6.conf.default.accept_ra | 0 | 'cmdline':'ipv6.disable=1' | absent",
        "networking.enableIPv6 | false | 'cmdline':'ipv6.disable=1' | compliant",
        "networking.enableIPv6 | true | 'cmdline':'quiet' | unknown",
        "net.netfilter.nf_conntrack_max | 65536 | 'modules':['ext4'] | absent",
        "kernel.kptr_restrict | 1 | 'cmdline':'quiet' | unknown",
        "fs.protected_symlinks | 1 | 'modules':[] | unknown",
      })
  void whatRunsDecides(String key, String value, String members, String verdict) throws Exception {
    Judgement judged = judge(key, value, members);
    assertThat(judged.verdict().code()).as(judged.why()).isEqualTo(verdict);
  }

  @Test
  void causeInTheEvidenceIsNamed() throws Exception {
    assertThat(judge("net.ipv6.conf.default.accept_ra", "0", "'cmdline':'ipv6.disable=1'").why())
        .contains("IPv6 is switched off by ipv6.disable=1", "nothing to protect");
    assertThat(judge("kernel.kptr_restrict", "1", "'kernel':'6'").why())
        .contains("This dump does not have it");
  }

  @Test
  void everyParameterSaysHowItIsRead() {
    assertThat(CatalogFiles.shipped().settings())
        .filteredOn(s -> s.kind() == SettingKind.KERNEL_PARAM)
        .allSatisfy(
            s -> {
              assertThat(s.boot()).as(s.key()).isNotNull();
              assertThat(s.bootParameter().source()).isNotBlank();
            });
  }

  /** A word that the kernel refuses is never taken for a value that holds. */
  @Test
  void refusedWordIsNeverCompliant() throws Exception {
    for (String key : List.of("pti", "audit", "mitigations", "vsyscall", "init_on_alloc")) {
      for (String word : List.of("", "2x", "enable", "+", "on,")) {
        var setting = CatalogFiles.shipped().find(key).orElseThrow();
        if (ParameterReading.typed(setting, word) == null) {
          for (SettingValue asked : setting.bounds().values()) {
            String value = "'" + asked.display() + "'";
            assertThat(judge(key, value, "'cmdline':'" + key + "=" + word + "'").verdict().group())
                .as(key + "=" + word)
                .isEqualTo(VerdictGroup.FAILING);
          }
        }
      }
    }
  }
}
