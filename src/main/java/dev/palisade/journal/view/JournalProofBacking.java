package dev.palisade.journal.view;

import dev.palisade.journal.Verification;
import dev.palisade.journal.application.VerifyJournal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;

/** Whether the journal is still as it was written, for who asked. */
@Named("journalProof")
@RequestScoped
public class JournalProofBacking {

  @Inject private VerifyJournal verify;

  private boolean wanted;
  private Verification verification;

  /** What came of it, or null where nobody asked. */
  public Verification getVerification() {
    if (wanted && verification == null) {
      verification = verify.verify();
    }
    return verification;
  }

  private static String linked(long entries) {
    return entries == 1 ? "The one entry links up." : "All " + count(entries) + " entries link up.";
  }

  /** The fact, as a sentence. */
  public String getFact() {
    return getVerification()
        .firstBad()
        .map(bad -> "Entry " + count(bad.number()) + " is not as it was written.")
        .orElse(linked(getVerification().head().number()));
  }

  /** What lies behind the fact. */
  public String getReason() {
    return getVerification()
        .firstBad()
        .map(
            bad ->
                "It is the first bad one: "
                    + bad.problem()
                    + ". Leave the database as it is, and compare with an earlier export. Newest entry:")
        .orElse("Newest entry:");
  }

  private static String count(long count) {
    return String.format(Locale.ENGLISH, "%,d", count);
  }

  public boolean isWanted() {
    return wanted;
  }

  public void setWanted(boolean wanted) {
    this.wanted = wanted;
  }
}
