package dev.palisade.audit;

import dev.palisade.core.Digest;
import java.util.List;

/**
 * Why nobody would reach a host any more, or the host not the portal.
 *
 * @param setting the key that does it
 * @param what the fact, as the beginning of a sentence without its stop
 * @param evidence what was seen on the host, in sentences
 * @param cure what to do about it, as a sentence
 */
public record LockOut(String setting, String what, String evidence, String cure) {

  /** For people: which port of which service closes by which setting, and what to do. */
  public String sentence() {
    return what + ". The setting " + setting + " does that. " + evidence + " " + cure;
  }

  /** Names some of them: another digest, other lock-outs. */
  public static String digest(List<LockOut> lockOuts) {
    return Digest.of(String.join("\n", lockOuts.stream().map(LockOut::sentence).toList())).brief();
  }
}
