package dev.palisade.core;

/** Lines that the launcher prints once the portal is ready, for whoever started it. */
public final class ConsoleLines {

  /** The system property by which the application hands its lines to the launcher. */
  private static final String PROPERTY = "palisade.console";

  private ConsoleLines() {}

  /** Adds a line, once. */
  public static synchronized void add(String line) {
    String before = System.getProperty(PROPERTY, "");
    if (before.contains(line)) {
      return;
    }
    System.setProperty(PROPERTY, before.isEmpty() ? line : before + System.lineSeparator() + line);
  }
}
