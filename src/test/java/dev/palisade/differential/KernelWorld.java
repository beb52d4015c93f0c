package dev.palisade.differential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Network namespaces: a client; servers with rules of their own and a listener at each of some
 * ports, each reached by {@code eth0} and {@code wg0}; and one host behind them all.
 */
public final class KernelWorld implements AutoCloseable {

  /** An address of this host by which nobody reaches it without a translation. */
  public static final String OWN = "10.6.6.6";

  public static final String OWN6 = "fd06::6";

  /** The address of the host behind. */
  public static final String BEHIND = "10.7.7.7";

  public static final String BEHIND6 = "fd07::7";

  /** A place at which to ask for an answer. */
  public record Target(int server, String proto, boolean ipv6, String on, int port) {

    String words() {
      int net = on.equals("wg0") ? 8 : 9;
      return "%s/%s/%d"
          .formatted(
              proto,
              ipv6 ? "fd0%d:%d::1".formatted(net, server) : "10.%d.%d.1".formatted(net, server),
              port);
    }
  }

  private static final String SETUP =
      """
      set -eu
      trap 'kill $(jobs -p) 2>/dev/null' EXIT
      ip link set lo up
      own=$(readlink /proc/self/ns/net)
      within() {
        unshare -n sleep infinity </dev/null >/dev/null & made=$!
        until [ "$(readlink /proc/$made/ns/net)" != "$own" ]; do sleep 0.02; done
        nsenter -t $made -n ip link set lo up
      }
      within; behind=$made
      nsenter -t $behind -n ip addr add 10.7.7.7/32 dev lo
      nsenter -t $behind -n ip addr add fd07::7/128 dev lo nodad
      jvm="$JAVA -Xmx24m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp $CLASSES dev.palisade.differential.Peer"
      nsenter -t $behind -n $jvm listen $PORTS </dev/null >$DIR/behind.log &
      # Neighbours are fixed, as rules may drop what asks for them.
      pair() { # server, its interface, client's namespace ("" for this one), its interface, net, k
        local a=02:00:00:0$5:0$6:01 b=02:00:00:0$5:0$6:02 there=${3:+nsenter -t $3 -n}
        nsenter -t $1 -n ip link add $2 address $a type veth peer name $4 address $b netns ${3:-$$}
        nsenter -t $1 -n sh -ec "ip addr add 10.$5.$6.1/24 dev $2; ip addr add fd0$5:$6::1/64 dev $2 nodad; ip link set $2 up
          ip neigh replace 10.$5.$6.2 lladdr $b dev $2 nud permanent; ip neigh replace fd0$5:$6::2 lladdr $b dev $2 nud permanent"
        $there sh -ec "ip addr add 10.$5.$6.2/24 dev $4; ip addr add fd0$5:$6::2/64 dev $4 nodad; ip link set $4 up
          ip neigh replace 10.$5.$6.1 lladdr $a dev $4 nud permanent; ip neigh replace fd0$5:$6::1 lladdr $a dev $4 nud permanent"
      }
      for k in $(seq $SERVERS); do
        within; echo $made >$DIR/$k.pid
        pair $made eth0 "" c9$k 9 $k
        pair $made wg0 "" c8$k 8 $k
        pair $made br0 $behind b$k 7 $k
        nsenter -t $made -n sh -ec "ip addr add 10.6.6.6/32 dev lo; ip addr add fd06::6/128 dev lo nodad
          ip route add 10.7.7.7 via 10.7.$k.2; ip route add fd07::7 via fd07:$k::2
          cd /proc/sys/net/netfilter; for name in nf_conntrack_udp_timeout*; do { echo 1 >\\$name; } 2>/dev/null || true; done
          echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding"
        nsenter -t $behind -n sh -ec "
          ip route add 10.8.$k.0/24 via 10.7.$k.1 src 10.7.7.7; ip route add fd08:$k::/64 via fd07:$k::1 src fd07::7
          ip route add 10.9.$k.0/24 via 10.7.$k.1 src 10.7.7.7; ip route add fd09:$k::/64 via fd07:$k::1 src fd07::7"
        nsenter -t $made -n $jvm listen $PORTS </dev/null >$DIR/listen$k.log &
      done
      for k in $(seq $SERVERS); do until grep -q listens $DIR/listen$k.log; do sleep 0.05; done; done
      until grep -q listens $DIR/behind.log; do sleep 0.05; done
      $jvm probe
      """;

  /** Loads the rules of one server and reads them back; what fails stands in a file. */
  private static final String LOAD =
      """
      cd $1; k=$2; rm -f $k.failed
      exec 2>$k.err
      nft flush ruleset
      if [ -s $k.nft ]; then nft -f $k.nft || echo nft >$k.failed; fi
      if [ -s $k.saved4 ]; then iptables-restore <$k.saved4 || echo iptables >$k.failed; fi
      if [ -s $k.saved6 ]; then ip6tables-restore <$k.saved6 || echo ip6tables >$k.failed; fi
      nft -s -j list ruleset >$k.json
      iptables-save >$k.out4
      ip6tables-save >$k.out6
      """;

  private final Path directory;
  private final Process process;
  private final BufferedReader answers;

  /** Makes the namespaces; takes one or two seconds. */
  public KernelWorld(Path directory, int servers, List<Integer> ports) throws IOException {
    this.directory = directory;
    Files.writeString(directory.resolve("setup.sh"), SETUP);
    Files.writeString(directory.resolve("load.sh"), LOAD);
    ProcessBuilder builder =
        new ProcessBuilder("unshare", "-rn", "bash", directory.resolve("setup.sh").toString());
    builder.environment().put("PATH", "/usr/sbin:/sbin:" + System.getenv("PATH"));
    builder.environment().put("JAVA", System.getProperty("java.home") + "/bin/java");
    builder
        .environment()
        .put("CLASSES", Path.of("target/test-classes").toAbsolutePath().toString());
    builder.environment().put("DIR", directory.toString());
    builder.environment().put("SERVERS", String.valueOf(servers));
    builder
        .environment()
        .put("PORTS", ports.stream().map(String::valueOf).collect(Collectors.joining(",")));
    process = builder.redirectError(directory.resolve("setup.err").toFile()).start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String first = answers.readLine();
    if (!"ready".equals(first)) {
      throw new IOException("No namespaces: " + Files.readString(directory.resolve("setup.err")));
    }
  }

  /** Loads a ruleset for each server, in order, and reads each back. */
  public List<Loaded> load(List<Generated> rulesets) {
    try {
      StringBuilder command = new StringBuilder();
      for (int k = 1; k <= rulesets.size(); k++) {
        Generated one = rulesets.get(k - 1);
        Files.writeString(directory.resolve(k + ".nft"), one.nft());
        Files.writeString(directory.resolve(k + ".saved4"), one.iptables());
        Files.writeString(directory.resolve(k + ".saved6"), one.ip6tables());
        command.append(
            "nsenter -t $(cat %1$s/%2$d.pid) -n bash %1$s/load.sh %1$s %2$d & "
                .formatted(directory, k));
      }
      ask("run " + command + "wait");
      List<Loaded> loaded = new ArrayList<>();
      for (int k = 1; k <= rulesets.size(); k++) {
        boolean failed = Files.exists(directory.resolve(k + ".failed"));
        loaded.add(
            new Loaded(
                failed ? Files.readString(directory.resolve(k + ".err")) : "",
                Files.readString(directory.resolve(k + ".json")),
                Files.readString(directory.resolve(k + ".out4")),
                Files.readString(directory.resolve(k + ".out6"))));
      }
      return loaded;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The targets that answer within a time, in milliseconds. */
  public Set<Target> answering(List<Target> targets, int within) {
    String words = targets.stream().map(Target::words).collect(Collectors.joining(" "));
    Set<Target> answering = new HashSet<>();
    for (String number : ask("probe " + within + " " + words).split(" ", -1)) {
      if (!number.isEmpty()) {
        answering.add(targets.get(Integer.parseInt(number)));
      }
    }
    return answering;
  }

  private String ask(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("It ended: " + Files.readString(directory.resolve("setup.err")));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the programs; the namespaces go with them. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
