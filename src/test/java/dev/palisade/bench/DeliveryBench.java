package dev.palisade.bench;

import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Times a running portal over HTTP, after warm-up: how fast a rollout makes releases that all
 * differ, and how fast they are fetched, against the answer that costs the server least, in the
 * same run. Load comes from the same machine.
 */
public final class DeliveryBench {

  private static final int WARM_UP_ROLLOUTS = 4;
  private static final int HOSTS = 200;
  private static final int CLIENTS = 4;
  private static final int ROUNDS = 3;
  private static final Duration ROUND = Duration.ofSeconds(3);

  private final Portal portal = Portal.running();
  private final Caller operator = portal.as(Role.OPERATOR);
  private final String base = portal.approvedHomelabLan("bench");
  private final String own = managed();

  private DeliveryBench() {}

  public static void main(String[] arguments) {
    System.setProperty("palisade.portal-jvm", "-server"); // tests start it for a short life
    new DeliveryBench().run();
    System.exit(0); // ends the portal too, whose output keeps this process alive
  }

  private void run() {
    for (int i = 0; i < WARM_UP_ROLLOUTS; i++) {
      offered(i % 2 == 0, new ArrayList<>());
    }
    List<RegisteredHost> hosts = new ArrayList<>();
    double apart = 0;
    double shared = 0;
    for (int i = 0; i < ROUNDS; i++) {
      apart += offered(true, hosts) / HOSTS / ROUNDS;
      shared += offered(false, hosts) / HOSTS / ROUNDS;
    }
    row("resolve, render and store a release (target 5 ms)", apart - shared);
    row("sign it for a host, offer it and judge the host", shared);
    fetched(hosts.get(0));
  }

  /** A version that opens ssh on the interface that each host's operator names. */
  private String managed() {
    String slug = portal.draft("bench-own", Map.of());
    Caller author = portal.as(Role.AUTHOR);
    author
        .put(
            Portal.version(slug) + "/parameters",
            List.of(Map.of("name", "mgmt", "type", "interface", "example", "mgmt0")))
        .expect(200);
    author
        .put(
            Portal.version(slug) + "/settings",
            Portal.entries(
                Map.of("networking.firewall.interfaces.${mgmt}.allowedTCPPorts", List.of(22))))
        .expect(200);
    author.post(Portal.version(slug) + "/submit").expect(200);
    portal
        .as(Role.APPROVER)
        .post(
            Portal.version(slug) + "/approve",
            Map.of("digest", portal.read(slug).get("digest").textValue()))
        .expect(200);
    return slug;
  }

  private static void row(String what, double millis) {
    System.out.printf(Locale.ROOT, "%-58s %8.3f ms%n", what, millis);
  }

  /**
   * Milliseconds to start a rollout to new hosts.
   *
   * @param apart whether each has a release of its own, or all of them the same new one
   */
  private double offered(boolean apart, List<RegisteredHost> hosts) {
    String wave = portal.name("wave");
    for (int i = 0; i < HOSTS; i++) {
      String name = portal.name("bench");
      String token =
          operator
              .post(
                  "/api/v1/hosts",
                  Map.of(
                      "name",
                      name,
                      "labels",
                      Map.of("wave", wave),
                      "parameters",
                      Map.of("mgmt", nic(apart ? name : wave))))
              .expect(201)
              .json()
              .get("token")
              .textValue();
      hosts.add(new RegisteredHost(name, token));
      operator.put("/api/v1/hosts/" + name + "/profiles", List.of(base, own)).expect(200);
    }
    long id =
        operator
            .post(
                "/api/v1/rollouts",
                Map.of(
                    "name",
                    wave,
                    "selector",
                    "wave = " + wave,
                    "versions",
                    Map.of(base, 1, own, 1)))
            .expect(201)
            .json()
            .get("id")
            .longValue();
    long start = System.nanoTime();
    operator.post("/api/v1/rollouts/" + id + "/start").expect(200);
    return (System.nanoTime() - start) / 1e6;
  }

  /** An interface that is named after the number in a name. */
  private static String nic(String name) {
    return "nic" + name.substring(name.lastIndexOf('-') + 1);
  }

  private void fetched(RegisteredHost host) {
    Caller nix = portal.anonymous().basic(host.name(), host.token());
    String latest = "/nix/hosts/" + host.name() + "/latest.tar.gz";
    String link = nix.get(latest).expect(200).header("Link");
    String release = link.substring(link.indexOf("/nix/"), link.indexOf('?'));
    Runnable trivial = () -> portal.anonymous().get("/health/live").expect(200);
    List<Runnable> works =
        List.of(trivial, () -> nix.get(release).expect(200), () -> nix.get(latest).expect(200));
    double[] rates = new double[works.size()];
    works.forEach(this::rate);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < rates.length; i++) {
        rates[i] += rate(works.get(i)) / ROUNDS;
      }
    }
    List<String> names = List.of("GET /health/live, the unit", "GET a release", "GET the latest");
    for (int i = 0; i < rates.length; i++) {
      System.out.printf(
          Locale.ROOT,
          "%-58s %8.0f /s   %6.2f of it%n",
          names.get(i),
          rates[i],
          rates[i] / rates[0]);
    }
  }

  /** Requests per second of several clients at once. */
  private double rate(Runnable request) {
    LongAdder done = new LongAdder();
    long start = System.nanoTime();
    long end = start + ROUND.toNanos();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Thread client =
          new Thread(
              () -> {
                while (System.nanoTime() < end) {
                  request.run();
                  done.increment();
                }
              });
      client.start();
      clients.add(client);
    }
    for (Thread client : clients) {
      try {
        client.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return done.sum() / ((System.nanoTime() - start) / 1e9);
  }
}
