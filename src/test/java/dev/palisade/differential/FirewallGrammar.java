package dev.palisade.differential;

import dev.palisade.differential.Generated.Feature;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes random rules; one seed makes the same rules always. */
public final class FirewallGrammar {

  /** The ports at which somebody listens. */
  public static final List<Integer> LISTENING =
      List.of(
          22, 53, 80, 443, 2222, 3000, 5000, 5432, 6443, 8000, 8001, 8005, 8010, 8080, 8443, 9000,
          9090, 9100, 30080, 51820);

  /** Ports at which nobody listens, so that only a translation makes them answer. */
  static final List<Integer> SILENT = List.of(81, 7777, 10022, 60000);

  private FirewallGrammar() {}

  /** Every port to ask at. */
  public static List<Integer> ports() {
    return Stream.concat(LISTENING.stream(), SILENT.stream()).toList();
  }

  /** The rules of a seed: of nft, of iptables, or of both. */
  public static Generated of(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    random.nextLong();
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    int form = random.nextInt(10);
    String nft = form < 6 ? new NftGrammar(random, features).ruleset() : "";
    if (form < 5) {
      return new Generated(seed, nft, "", "", features);
    }
    boolean whole = form > 5 || random.nextInt(3) == 0;
    if (!nft.isEmpty()) {
      features.add(Feature.MIXED);
    }
    return new Generated(
        seed,
        nft,
        new IptablesGrammar(random, false, features).ruleset(whole),
        new IptablesGrammar(random, true, features).ruleset(whole),
        features);
  }

  static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @SafeVarargs
  static <T> T any(Random random, T... of) {
    return of[random.nextInt(of.length)];
  }

  /** A port that is asked at. */
  static int port(Random random) {
    return one(random, random.nextInt(8) == 0 ? SILENT : LISTENING);
  }

  /** A range that has some of these ports. */
  static int[] range(Random random) {
    int from = Math.max(1, port(random) - random.nextInt(6));
    return new int[] {
      from, Math.min(65_535, from + 1 + random.nextInt(random.nextInt(4) == 0 ? 5_000 : 12))
    };
  }

  static String ports(Random random, int most, String between) {
    return Stream.generate(() -> port(random))
        .limit(1 + random.nextInt(most))
        .distinct()
        .map(String::valueOf)
        .collect(Collectors.joining(between));
  }
}
