package dev.palisade.journal.application;

import dev.palisade.account.Act;
import dev.palisade.chain.ChainEntry;
import dev.palisade.chain.ChainHead;
import dev.palisade.journal.Journal;
import dev.palisade.journal.JournalEntry;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes every act into the journal, within the transaction that did it: an act that cannot be
 * journalled does not happen.
 *
 * <p>Writers queue up for the end of the chain. They do so as the last thing before their commit,
 * when they hold every other lock that they need, so that none waits for one who waits for it.
 */
@ApplicationScoped
class RecordActs {

  private record Done(Act act, Instant at) {}

  @Inject private Journal journal;
  @Inject private Clock clock;
  @Resource private TransactionSynchronizationRegistry transaction;

  void on(@Observes Act act) {
    done().add(new Done(act, clock.instant()));
  }

  private Acted done() {
    Acted acted = (Acted) transaction.getResource(Acted.class);
    if (acted == null) {
      acted = new Acted();
      transaction.putResource(Acted.class, acted);
      transaction.registerInterposedSynchronization(acted);
    }
    return acted;
  }

  /** What one transaction did. */
  private final class Acted implements Synchronization {

    private final List<Done> done = new ArrayList<>();

    private void add(Done one) {
      done.add(one);
    }

    @Override
    public void beforeCompletion() {
      ChainHead head = journal.lock();
      for (Done one : done) {
        JournalEntry entry = new JournalEntry(entry(head, one.act(), one.at()));
        journal.append(entry);
        head = new ChainHead(entry.getNumber(), entry.getHash());
      }
    }

    @Override
    public void afterCompletion(int status) {}
  }

  private static ChainEntry entry(ChainHead head, Act act, Instant at) {
    return new ChainEntry(
        head.number() + 1,
        at,
        act.actor().kind().name().toLowerCase(Locale.ROOT),
        act.actor().name(),
        act.name(),
        act.objectKind(),
        act.object(),
        act.detail(),
        head.hash());
  }
}
