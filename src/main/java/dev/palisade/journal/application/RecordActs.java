package dev.palisade.journal.application;

import dev.palisade.account.Act;
import dev.palisade.journal.Journal;
import dev.palisade.journal.JournalEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;

/**
 * Writes every act into the journal, within the transaction that did it: an act that cannot be
 * journalled does not happen.
 */
@ApplicationScoped
class RecordActs {

  @Inject private Journal journal;
  @Inject private Clock clock;

  void on(@Observes Act act) {
    journal.append(new JournalEntry(act, clock.instant()));
  }
}
