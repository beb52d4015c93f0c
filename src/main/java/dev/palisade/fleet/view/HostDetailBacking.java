package dev.palisade.fleet.view;

import dev.palisade.fleet.Host;
import dev.palisade.fleet.application.ReadHosts;
import dev.palisade.fleet.application.RegisterHost;
import dev.palisade.ssh.SshPublicKey;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** One host: its labels and its token. */
@Named("hostDetail")
@RequestScoped
public class HostDetailBacking {

  @Inject private ReadHosts hosts;
  @Inject private RegisterHost register;

  private String name;
  private String token;
  private Host host;

  public Host getHost() {
    if (host == null) {
      host = hosts.host(name == null ? "" : name);
    }
    return host;
  }

  /** Lets the host in that enrolled itself. */
  public void accept() {
    host = register.accept(name);
  }

  /** The fingerprint of the key that signs its evidence, or null. */
  public String getKey() {
    return getHost().pinnedKey().map(SshPublicKey::fingerprint).orElse(null);
  }

  public void rotateToken() {
    token = register.rotateToken(name).token().text();
    host = null;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** Null unless this request made a new one. */
  public String getToken() {
    return token;
  }
}
