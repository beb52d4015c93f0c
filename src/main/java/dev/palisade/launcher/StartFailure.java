package dev.palisade.launcher;

/** Why the portal cannot start, in one line for whoever started it. */
final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  StartFailure(String line) {
    super(oneLine(line));
  }

  StartFailure(String line, Throwable cause) {
    super(oneLine(line + ": " + rootMessage(cause)), cause);
  }

  static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= 400 ? line : line.substring(0, 400) + "…";
  }
}
