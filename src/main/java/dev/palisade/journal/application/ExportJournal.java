package dev.palisade.journal.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.chain.ChainHead;
import dev.palisade.chain.Checkpoint;
import dev.palisade.chain.JournalExport;
import dev.palisade.chain.SignedCheckpoint;
import dev.palisade.chain.SigningKey;
import dev.palisade.journal.Journal;
import dev.palisade.journal.JournalFilter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;

/** Takes the journal out of the portal, signed. */
@ApplicationScoped
public class ExportJournal {

  private static final int AT_ONCE = 500;

  @Inject private Journal journal;
  @Inject private JournalKey key;
  @Inject private Clock clock;

  /**
   * Signs the newest entry. An entry has one checkpoint by one key, however often it is asked for.
   */
  @Requires(Permission.EXPORT)
  @Transactional
  public SignedCheckpoint checkpoint() {
    SigningKey signing = key.get().signing();
    ChainHead head = journal.head();
    Checkpoint checkpoint =
        new Checkpoint(head.number(), head.hash(), clock.instant(), signing.verifyingKey().id());
    SignedCheckpoint signed = checkpoint.signedBy(signing);
    return head.equals(ChainHead.START) ? signed : journal.keep(signed);
  }

  /**
   * Some lines of the export, in order; none at its end.
   *
   * @param after how many lines there have been
   * @param upTo how many entries the checkpoint covers
   */
  @Requires(Permission.EXPORT)
  @Transactional
  public List<String> lines(long after, long upTo) {
    int most = (int) Math.min(AT_ONCE, upTo - after);
    return most <= 0
        ? List.of()
        : journal.following(JournalFilter.ALL, after, most).stream()
            .map(e -> JournalExport.entry(e.getContent(), e.getHash()))
            .toList();
  }

  /** The last line of the export. */
  @Requires(Permission.EXPORT)
  public String lastLine(SignedCheckpoint signed) {
    return JournalExport.checkpoint(signed, key.get().ring());
  }
}
