package dev.palisade.fleet.application;

import dev.palisade.account.Act;
import dev.palisade.account.Actor;
import dev.palisade.account.Open;
import dev.palisade.account.Secret;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.EnrolmentToken;
import dev.palisade.fleet.EnrolmentTokens;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.ssh.SshPublicKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** Takes up a host that brings an enrolment token. */
@ApplicationScoped
public class EnrolHost {

  @Inject private EnrolmentTokens tokens;
  @Inject private Hosts hosts;
  @Inject private Event<Act> acts;
  @Inject private Clock clock;

  /**
   * Registers the host; it is let in at once where the token says so.
   *
   * @param facts what it says of itself
   * @param sshHostKey the public key that will sign its evidence, or null
   * @throws DomainException {@link Problem#NOT_AUTHENTICATED}, in the same words for every token
   *     that is good for no host
   */
  @Open("the enrolment token in the body is the proof")
  @Transactional
  public RegisterHost.Registered enrol(
      String token, String name, Map<String, String> facts, String sshHostKey) {
    EnrolmentToken enrolment =
        tokens
            .byHashForUse(new Secret(token == null ? "" : token).hash())
            .filter(found -> found.use(clock.instant()))
            .orElseThrow(
                () ->
                    new DomainException(
                        Problem.NOT_AUTHENTICATED,
                        "Send an enrolment token that is known, unexpired, not revoked and not used up."));
    Secret secret = Secret.fresh(RegisterHost.TOKEN_PREFIX);
    Host host = Host.enrolled(name, enrolment, facts, secret, clock.instant());
    if (sshHostKey != null) {
      host.pin(SshPublicKey.read("/sshHostKey", sshHostKey));
    }
    if (hosts.find(name).isPresent()) {
      throw new DomainException(
          Problem.ALREADY_EXISTS,
          "There is a host “" + name + "” already. An operator can give it another token.");
    }
    hosts.add(host);
    hosts.flush();
    Map<String, Object> detail = new TreeMap<>();
    detail.put("enrolmentToken", enrolment.getId());
    detail.put("state", host.getState().code());
    detail.put("labels", host.getLabels());
    detail.put("facts", host.getFacts());
    detail.put("key", host.pinnedKey().map(SshPublicKey::fingerprint).orElse("none"));
    acts.fire(new Act(Actor.host(name), "host.enrolled", "host", name, detail));
    return new RegisterHost.Registered(host, secret);
  }
}
