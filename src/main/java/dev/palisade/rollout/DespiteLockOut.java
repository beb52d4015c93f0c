package dev.palisade.rollout;

import dev.palisade.core.DomainException;
import dev.palisade.core.Words;
import java.util.List;

/**
 * That some hosts are to take part although people may be locked out of them.
 *
 * @param pointer where this stands in the input; empty for the whole of it
 * @param hosts names, each once
 * @param seen what {@link HostProgress#getLockOutDigest} was when the risks were read; null where
 *     nobody says
 */
public record DespiteLockOut(String pointer, List<String> hosts, String reason, String seen) {

  private static final int MOST_HOSTS = 100;
  private static final int MOST_WORDS = 1_000;

  /**
   * Checks what was asked for.
   *
   * @throws DomainException naming the member that is not accepted
   */
  public DespiteLockOut {
    if (hosts == null || hosts.isEmpty()) {
      throw DomainException.notValid(pointer + "/hosts", "Name at least one host.");
    }
    if (hosts.size() > MOST_HOSTS) {
      throw DomainException.notValid(
          pointer + "/hosts",
          "These are "
              + hosts.size()
              + " hosts; at most "
              + MOST_HOSTS
              + " are let through at once.");
    }
    hosts = hosts.stream().map(String::valueOf).distinct().toList();
    reason = Words.reason(pointer + "/reason", reason, MOST_WORDS);
  }
}
