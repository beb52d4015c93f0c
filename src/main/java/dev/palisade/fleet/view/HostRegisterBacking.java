package dev.palisade.fleet.view;

import dev.palisade.core.PortalAddress;
import dev.palisade.fleet.application.RegisterHost;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URI;
import java.util.Map;

/** The form that registers a host, and the token that it shows once. */
@Named("hostRegister")
@RequestScoped
public class HostRegisterBacking {

  @Inject private RegisterHost register;

  private String name;
  private String labels;
  private String token;

  public void register() {
    token =
        register
            .register(
                name == null ? "" : name.strip(),
                Pairs.read("/labels", labels, "Labels look like env=home role=server."),
                Map.of())
            .token()
            .text();
    name = name.strip();
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getLabels() {
    return labels;
  }

  public void setLabels(String labels) {
    this.labels = labels;
  }

  /** The line of a netrc file; Nix, the agent and curl take the token from there. */
  public String getNetrc() {
    return "machine %s login %s password %s"
        .formatted(URI.create(PortalAddress.of("/")).getHost(), name, token);
  }

  /** Null until a host was registered by this request. */
  public String getToken() {
    return token;
  }
}
