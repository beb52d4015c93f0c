package dev.palisade.shell.view;

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

  /** The running version, or the empty text when the launcher did not say. */
  public String getVersion() {
    return System.getProperty("palisade.version", "");
  }
}
