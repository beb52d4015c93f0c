package dev.palisade.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One portal for all integration tests of this run, with one user per role. Tests share it, so each
 * works with profiles and hosts of its own; nobody decides on the shipped {@code homelab-lan} v1.
 */
public final class Portal {

  /** A host and the token that proves it. */
  public record RegisteredHost(String name, String token) {}

  private static Portal running;
  private static boolean failed;

  private final PortalProcess process;
  private final Path data;
  private final Map<Role, Caller> people = new EnumMap<>(Role.class);
  private final AtomicInteger names = new AtomicInteger();

  private Portal(Path data) {
    this.data = data;
    this.process = PortalProcess.start(data);
    Runtime.getRuntime().addShutdownHook(new Thread(process::close, "stop-portal"));
    process.awaitReady();
    Caller admin = process.caller().signedIn("admin", PortalProcess.ADMIN_PASSWORD);
    people.put(Role.ADMINISTRATOR, admin);
    for (Role role : Role.values()) {
      people.computeIfAbsent(role, this::person);
    }
  }

  /** The portal; started by whoever asks first, stopped when the tests end. */
  public static synchronized Portal running() {
    if (failed) {
      throw new IllegalStateException("The portal did not start for an earlier test");
    }
    if (running == null) {
      failed = true;
      running = new Portal(PortalProcess.freshDirectory("shared"));
      failed = false;
    }
    return running;
  }

  private Caller person(Role role) {
    return person(role.code(), role);
  }

  /** Creates a user with some roles and signs in. */
  public Caller person(String username, Role... roles) {
    String password = "the password of " + username;
    as(Role.ADMINISTRATOR)
        .post(
            "/api/v1/users",
            Map.of(
                "username",
                username,
                "roles",
                List.of(roles).stream().map(Role::code).toList(),
                "password",
                password))
        .expect(201);
    return anonymous().signedIn(username, password);
  }

  /** A person who holds this role and no other; named by the role's code, but {@code admin}. */
  public Caller as(Role role) {
    return people.get(role);
  }

  public Caller anonymous() {
    return process.caller();
  }

  /** The host as it calls the agent API. */
  public Caller as(RegisteredHost host) {
    return anonymous().bearer(host.token());
  }

  public URI address() {
    return process.address();
  }

  public Path data() {
    return data;
  }

  /** A name that no test has had: the prefix and a number. */
  public String name(String prefix) {
    return prefix + "-" + names.incrementAndGet();
  }

  /** Registers a host. */
  public RegisteredHost host(String prefix) {
    String name = name(prefix);
    Answer answer = as(Role.OPERATOR).post("/api/v1/hosts", Map.of("name", name)).expect(201);
    return new RegisteredHost(name, answer.json().get("token").textValue());
  }

  /** Creates a profile and a draft with these settings by key; returns the profile's slug. */
  public String draft(String prefix, Map<String, ?> settings) {
    String slug = name(prefix);
    Caller author = as(Role.AUTHOR);
    author.post("/api/v1/profiles", Map.of("slug", slug, "name", slug)).expect(201);
    author.post("/api/v1/profiles/" + slug + "/versions", Map.of()).expect(201);
    author.put(version(slug) + "/settings", entries(settings)).expect(200);
    return slug;
  }

  /** A profile whose first version waits for a decision. */
  public String submitted(String prefix, Map<String, ?> settings) {
    String slug = draft(prefix, settings);
    as(Role.AUTHOR).post(version(slug) + "/submit").expect(200);
    return slug;
  }

  /** A profile whose first version is approved. */
  public String approved(String prefix, Map<String, ?> settings) {
    String slug = submitted(prefix, settings);
    approve(slug);
    return slug;
  }

  /** A profile of which the first version is approved and says what {@code homelab-lan} v1 says. */
  public String approvedHomelabLan(String prefix) {
    String slug = name(prefix);
    Caller author = as(Role.AUTHOR);
    author.post("/api/v1/profiles", Map.of("slug", slug, "name", slug)).expect(201);
    author
        .post(
            "/api/v1/profiles/" + slug + "/versions",
            Map.of("copyOf", Map.of("slug", "homelab-lan", "number", 1)))
        .expect(201);
    author.post(version(slug) + "/submit").expect(200);
    approve(slug);
    return slug;
  }

  private void approve(String slug) {
    String digest = read(slug).get("digest").textValue();
    as(Role.APPROVER).post(version(slug) + "/approve", Map.of("digest", digest)).expect(200);
  }

  /** The first version as the API shows it. */
  public JsonNode read(String slug) {
    return as(Role.VIEWER).get(version(slug)).expect(200).json();
  }

  /** The path of a profile's first version. */
  public static String version(String slug) {
    return "/api/v1/profiles/" + slug + "/versions/1";
  }

  /** Settings as {@code PUT …/settings} takes them. */
  public static List<Map<String, ?>> entries(Map<String, ?> settings) {
    return settings.entrySet().stream()
        .<Map<String, ?>>map(s -> Map.of("key", s.getKey(), "value", s.getValue()))
        .toList();
  }

  /** Lets a host fetch what it was offered last. */
  public void fetch(RegisteredHost host) {
    anonymous()
        .basic(host.name(), host.token())
        .get("/nix/hosts/" + host.name() + "/latest.tar.gz")
        .expect(200);
  }

  /** Gives a host a profile and rolls its first version out; returns the rollout's id. */
  public long rollOut(RegisteredHost host, String slug) {
    Caller operator = as(Role.OPERATOR);
    operator.put("/api/v1/hosts/" + host.name() + "/profiles", List.of(slug)).expect(200);
    long id =
        operator
            .post(
                "/api/v1/rollouts",
                Map.of(
                    "name",
                    "Roll out to " + host.name(),
                    "selector",
                    "name = " + host.name(),
                    "versions",
                    Map.of(slug, 1)))
            .expect(201)
            .json()
            .get("id")
            .longValue();
    operator.post("/api/v1/rollouts/" + id + "/start").expect(200);
    return id;
  }
}
