package dev.palisade.shell.view;

import dev.palisade.core.PortalAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** What a page says about the installation itself. */
@Named("installation")
@ApplicationScoped
public class InstallationBacking {

  /** Whether the hosts and reports are made up. */
  public boolean isDemo() {
    return Boolean.getBoolean("palisade.demo.installation");
  }

  /** The address by which the portal is said to be reached. */
  public String getAddress() {
    return PortalAddress.of("");
  }

  /** Whether that address leads no other machine here. */
  public boolean isLoopback() {
    return PortalAddress.isLoopback();
  }

  /** The running version, or the empty text when the launcher did not say. */
  public String getVersion() {
    return System.getProperty("palisade.version", "");
  }
}
