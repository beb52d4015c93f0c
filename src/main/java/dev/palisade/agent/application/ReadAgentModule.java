package dev.palisade.agent.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.agent.AgentModule;
import dev.palisade.chain.KeyFile;
import dev.palisade.core.DomainException;
import dev.palisade.core.PortalAddress;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/** Renders the module of the agent, with the portal's present key pinned in it. */
@ApplicationScoped
public class ReadAgentModule {

  @Inject private Hosts hosts;

  private final KeyFile file = KeyFile.ofPortal();

  /** For one host, whose name at the portal it has as a default. */
  @Requires(Permission.VIEW)
  @Transactional
  public AgentModule of(String hostName) {
    Host host = hosts.find(hostName).orElseThrow(() -> DomainException.notFound("host", hostName));
    return module(host.getName());
  }

  /** For any host; it says its own name. */
  @Requires(Permission.FETCH_RELEASES)
  @Transactional
  public AgentModule ofAnyHost() {
    return module(null);
  }

  private AgentModule module(@Nullable String host) {
    return new AgentModule(PortalAddress.of(""), file.read().signing().verifyingKey().pem(), host);
  }
}
