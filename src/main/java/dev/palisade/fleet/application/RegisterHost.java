package dev.palisade.fleet.application;

import dev.palisade.account.Acts;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.account.Secret;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.HostLabelled;
import dev.palisade.fleet.Hosts;
import dev.palisade.fleet.ParametersSupplied;
import dev.palisade.ssh.SshPublicKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;

/** Admits a host to the portal, labels it, and gives it tokens. */
@ApplicationScoped
public class RegisterHost {

  static final String TOKEN_PREFIX = "ph_";

  /** A host and its token, the one time the token is known. */
  public record Registered(Host host, Secret token) {}

  @Inject private Hosts hosts;
  @Inject private CurrentActor actor;
  @Inject private Acts acts;
  @Inject private Event<ParametersSupplied> supplied;
  @Inject private Event<HostLabelled> labelled;
  @Inject private Clock clock;

  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Registered register(
      String name, Map<String, String> labels, Map<String, String> parameters) {
    Secret token = Secret.fresh(TOKEN_PREFIX);
    Host host = new Host(name, labels, token, actor.getName(), clock.instant());
    host.supply(parameters);
    if (hosts.find(name).isPresent()) {
      throw new DomainException(Problem.ALREADY_EXISTS, "There is a host “" + name + "” already.");
    }
    hosts.add(host);
    hosts.flush();
    acts.record(
        "host.registered",
        "host",
        name,
        Map.of("labels", host.getLabels(), "parameters", host.getParameters()));
    return new Registered(host, token);
  }

  /**
   * Changes what is given about a host, all of it or nothing; what is null stays.
   *
   * @param line the key that signs the host's evidence, as its {@code .pub} file has it; from then
   *     on nothing else is taken; blank takes the pin away
   */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Host change(
      String name, Map<String, String> labels, Map<String, String> parameters, String line) {
    Host host = existing(name);
    if (labels != null) {
      label(host, labels);
    }
    if (parameters != null) {
      supply(host, parameters);
    }
    if (line != null) {
      pin(host, line);
    }
    return host;
  }

  /**
   * Replaces the values that profiles leave to the operator; what the host runs does not change by
   * it, but by the next rollout.
   */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Host supply(String name, Map<String, String> parameters) {
    Host host = existing(name);
    supply(host, parameters);
    return host;
  }

  private void supply(Host host, Map<String, String> parameters) {
    Map<String, String> before = host.getParameters();
    host.supply(parameters);
    supplied.fire(new ParametersSupplied(host));
    hosts.flush();
    acts.record(
        "host.parameters-supplied",
        "host",
        host.getName(),
        Map.of("from", before, "to", host.getParameters()));
  }

  /** Lets in a host that enrolled itself. */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Host accept(String name) {
    Host host = existing(name);
    if (host.accept()) {
      hosts.flush();
      acts.record("host.accepted", "host", name);
    }
    return host;
  }

  /** Gives the host another token; the former one lives on for {@link Host#TOKEN_GRACE}. */
  @Requires(Permission.OPERATE_FLEET)
  @Transactional
  public Registered rotateToken(String name) {
    Host host = existing(name);
    Secret token = Secret.fresh(TOKEN_PREFIX);
    host.rotateToken(token, clock.instant());
    hosts.flush();
    acts.record("host.token-rotated", "host", name);
    return new Registered(host, token);
  }

  /** Replaces the labels; what the host runs does not change by it. */
  private void label(Host host, Map<String, String> labels) {
    host.label(labels);
    hosts.flush();
    labelled.fire(new HostLabelled(host));
    acts.record("host.labelled", "host", host.getName(), Map.of("labels", host.getLabels()));
  }

  private void pin(Host host, String line) {
    String before = host.pinnedKey().map(SshPublicKey::fingerprint).orElse("none");
    SshPublicKey key = line.isBlank() ? null : SshPublicKey.read("/sshHostKey", line);
    host.pin(key);
    hosts.flush();
    acts.record(
        "host.key-pinned",
        "host",
        host.getName(),
        Map.of("from", before, "to", key == null ? "none" : key.fingerprint()));
  }

  private Host existing(String name) {
    return hosts.find(name).orElseThrow(() -> DomainException.notFound("host", name));
  }
}
