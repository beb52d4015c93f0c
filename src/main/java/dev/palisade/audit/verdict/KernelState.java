package dev.palisade.audit.verdict;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the running kernel says of itself outside of its sysctls. Each part is null where the
 * evidence does not have it.
 *
 * @param lockdown {@code none}, {@code integrity} or {@code confidentiality}
 * @param sigEnforce whether only signed modules load
 * @param architecture as {@code uname -m} prints it, such as {@code aarch64}
 */
public record KernelState(
    @Nullable String lockdown, @Nullable Boolean sigEnforce, @Nullable String architecture) {

  /** Of evidence that says nothing about it. */
  public static final KernelState NONE = new KernelState(null, null, null);

  private static final Pattern CHOSEN = Pattern.compile("\\[([a-z]+)]");
  private static final Pattern WORD = Pattern.compile("none|integrity|confidentiality");

  /**
   * Reads the parts as the kernel's files print them.
   *
   * @param lockdown such as {@code none [integrity] confidentiality}, or the one word
   * @param sigEnforce {@code Y} or {@code N}, or another spelling of a boolean
   */
  static KernelState parse(
      @Nullable String lockdown, @Nullable String sigEnforce, @Nullable String architecture) {
    return new KernelState(
        mode(lockdown),
        sigEnforce == null ? null : ParameterReading.kstrtobool(sigEnforce),
        architecture);
  }

  private static @Nullable String mode(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher chosen = CHOSEN.matcher(text);
    String word = chosen.find() ? chosen.group(1) : text.strip();
    return WORD.matcher(word).matches() ? word : null;
  }

  /** Lines that change exactly when a part does. */
  String fingerprint() {
    return (lockdown == null ? "" : "\nlockdown " + lockdown)
        + (sigEnforce == null ? "" : "\nsig_enforce " + sigEnforce)
        + (architecture == null ? "" : "\narchitecture " + architecture);
  }
}
