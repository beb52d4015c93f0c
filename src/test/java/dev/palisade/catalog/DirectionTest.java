package dev.palisade.catalog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.catalog.Stricter.Rule;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectionTest {

  private final Catalog catalog = CatalogFiles.shipped();

  @ParameterizedTest(name = "{0}: {1} to {2} is {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        // the lesser number, the greater number
        "net.ipv4.conf.all.accept_redirects | 1 | 0 | stronger",
        "net.ipv4.conf.default.accept_source_route | 0 | 1 | weaker",
        "net.ipv4.conf.all.log_martians | 0 | 1 | stronger",
        "kernel.kptr_restrict | 2 | 1 | weaker",
        "net.ipv4.icmp_ratelimit | 100 | 1000 | stronger",
        "net.ipv4.icmp_msgs_per_sec | 10 | 1000 | weaker",
        "vm.mmap_rnd_bits | 28 | 32 | stronger",
        // 0 stands for no limit
        "kernel.oops_limit | 10000 | 100 | stronger",
        "kernel.oops_limit | 100 | 0 | weaker",
        "services.openssh.settings.LoginGraceTime | 0 | 120 | stronger",
        // bits
        "net.ipv4.icmp_ratemask | 6168 | 6169 | stronger",
        "net.ipv4.icmp_ratemask | 6168 | 8 | weaker",
        "net.ipv4.icmp_ratemask | 6168 | 1 | unknown",
        // ranks
        "net.ipv4.tcp_syncookies | 0 | 1 | stronger",
        "net.ipv4.tcp_syncookies | 1 | 2 | unknown",
        "net.ipv4.tcp_timestamps | 2 | 0 | stronger",
        "net.ipv4.tcp_timestamps | 0 | 1 | neutral",
        "net.ipv4.tcp_fastopen | 3 | 1 | stronger",
        "kernel.unprivileged_bpf_disabled | 0 | 2 | stronger",
        "kernel.unprivileged_bpf_disabled | 1 | 2 | neutral",
        "kernel.sysrq | 1 | 16 | stronger",
        "kernel.sysrq | 0 | 176 | weaker",
        "kernel.sysrq | 176 | 4 | unknown",
        "fs.suid_dumpable | 2 | 0 | stronger",
        "fs.suid_dumpable | 0 | 1 | weaker",
        "net.ipv6.conf.default.accept_source_route | 0 | -1 | stronger",
        "net.ipv6.conf.default.accept_source_route | 1 | 0 | unknown",
        "services.openssh.settings.PermitRootLogin | \"no\" | \"prohibit-password\" | weaker",
        "services.openssh.settings.PermitRootLogin | \"prohibit-password\" | \"without-password\" | neutral",
        "networking.firewall.checkReversePath | \"loose\" | true | stronger",
        "networking.firewall.checkReversePath | true | false | weaker",
        "init_on_alloc | \"0\" | \"1\" | stronger",
        "mitigations | \"auto\" | \"off\" | weaker",
        // true and false
        "networking.firewall.enable | true | false | weaker",
        "networking.firewall.allowPing | true | false | stronger",
        "services.openssh.settings.PasswordAuthentication | true | false | stronger",
        // ports and other lists
        "networking.firewall.allowedTCPPorts | [53, 80, 443] | [443, 80] | stronger",
        "networking.firewall.allowedTCPPorts | [80, 443] | [443, 80, 22] | weaker",
        "networking.firewall.allowedTCPPorts | [80, 443] | [443, 80] | neutral",
        "networking.firewall.allowedTCPPorts | [80, 443] | [80, 22] | unknown",
        "networking.firewall.allowedUDPPortRanges | [{\"from\":8000,\"to\":8010}] | [{\"from\":8001,\"to\":8009}] | stronger",
        "networking.firewall.allowedUDPPortRanges | [{\"from\":1,\"to\":4}] | [{\"from\":1,\"to\":2},{\"from\":3,\"to\":4}] | neutral",
        "boot.blacklistedKernelModules | [\"dccp\"] | [\"sctp\", \"dccp\"] | stronger",
        "networking.firewall.trustedInterfaces | [] | [\"wg0\"] | weaker",
        // the greater of all and the interface's own value counts
        "net.ipv4.conf.all.rp_filter | 2 | 1 | stronger",
        "net.ipv4.conf.all.rp_filter | 1 | 0 | weaker",
        "net.ipv4.conf.all.rp_filter | 0 | 2 | unknown",
        "net.ipv4.conf.*.rp_filter | 2 | 1 | stronger",
        "net.ipv4.conf.all.arp_accept | 0 | 1 | weaker",
        "net.ipv4.conf.all.arp_ignore | 1 | 2 | stronger",
        // nothing acts on it
        "net.ipv4.tcp_fack | 0 | 1 | neutral",
        "net.ipv4.conf.all.bootp_relay | 1 | 0 | neutral",
        "net.ipv6.conf.all.accept_redirects | 1 | 0 | neutral",
        "net.ipv6.conf.default.accept_redirects | 1 | 0 | stronger",
        "net.ipv6.conf.all.forwarding | 1 | 0 | stronger",
        // tuning
        "net.core.rmem_max | 212992 | 4194304 | neutral",
        "net.core.default_qdisc | \"fq\" | \"cake\" | neutral",
        "net.ipv4.tcp_sack | 0 | 1 | neutral",
        // nobody has said
        "net.ipv4.conf.all.secure_redirects | 1 | 0 | unknown",
        "services.openssh.settings.Ciphers | [\"a\", \"b\"] | [\"a\"] | unknown",
        "networking.firewall.extraInputRules | \"a\" | \"b\" | unknown",
      })
  void aChangeHasADirectionAndItsReverseTheOpposite(
      String key, String from, String to, String direction) throws Exception {
    Setting setting = catalog.find(key).orElseThrow();
    SettingValue first = value(from);
    SettingValue second = value(to);
    assertThat(catalog.faults(setting, first)).isEmpty();
    assertThat(catalog.faults(setting, second)).isEmpty();
    Direction wanted = Direction.valueOf(direction.toUpperCase(Locale.ROOT));
    assertThat(setting.direction(first, second)).isEqualTo(wanted);
    assertThat(setting.direction(second, first)).isEqualTo(wanted.reversed());
    assertThat(setting.direction(first, first)).isEqualTo(Direction.NEUTRAL);
  }

  private static SettingValue value(String json) throws Exception {
    return SettingValue.fromJson(new ObjectMapper().readTree(json), "/value");
  }

  @Test
  void whatIsNotOrderedIsWrittenDown() {
    assertThat(catalog.settings()).filteredOn(s -> s.stricter() == null).hasSize(52);
    assertThat(catalog.settings())
        .filteredOn(s -> s.stricter() != null && s.stricter().rule() == Rule.NEITHER)
        .hasSize(46);
  }

  /** What a benchmark asks for is never weaker than what the kernel does by itself. */
  @Test
  void valuesThatStandForHardeningAreNotCalledWeaker() {
    for (String row :
        List.of(
            "net.ipv4.conf.all.accept_redirects 0",
            "net.ipv4.conf.all.accept_source_route 0",
            "net.ipv4.conf.all.send_redirects 0",
            "net.ipv4.conf.all.log_martians 1",
            "net.ipv4.conf.all.rp_filter 1",
            "net.ipv4.icmp_echo_ignore_broadcasts 1",
            "net.ipv4.icmp_ignore_bogus_error_responses 1",
            "net.ipv4.tcp_syncookies 1",
            "net.ipv6.conf.default.accept_ra 0",
            "net.ipv6.conf.default.accept_redirects 0",
            "net.core.bpf_jit_harden 2",
            "kernel.kptr_restrict 2",
            "kernel.yama.ptrace_scope 1",
            "kernel.randomize_va_space 2",
            "kernel.perf_event_paranoid 3",
            "kernel.kexec_load_disabled 1",
            "fs.suid_dumpable 0",
            "fs.protected_hardlinks 1",
            "fs.protected_fifos 2",
            "vm.unprivileged_userfaultfd 0")) {
      Setting setting = catalog.find(row.split(" ", -1)[0]).orElseThrow();
      SettingValue asked = new SettingValue.Int(Long.parseLong(row.split(" ", -1)[1]));
      assertThat(setting.direction(requireNonNull(setting.kernelDefault()), asked))
          .as(row)
          .isIn(Direction.STRONGER, Direction.NEUTRAL);
    }
  }
}
