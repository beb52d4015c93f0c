package dev.palisade.journal.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.chain.BrokenChain;
import dev.palisade.chain.ChainHead;
import dev.palisade.chain.ChainWalk;
import dev.palisade.chain.SignedCheckpoint;
import dev.palisade.chain.VerifyingKey;
import dev.palisade.journal.Journal;
import dev.palisade.journal.JournalEntry;
import dev.palisade.journal.JournalFilter;
import dev.palisade.journal.Verification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Goes through the whole journal and proves that it is as it was written. */
@ApplicationScoped
public class VerifyJournal {

  private static final int AT_ONCE = 1000;

  @Inject private Journal journal;
  @Inject private JournalKey key;

  /** Checks every entry that is there now, and every checkpoint against its entry. */
  @Requires(Permission.VIEW_RECORDS)
  @Transactional
  public Verification verify() {
    ChainHead head = journal.head();
    try {
      walk(head);
      return new Verification(head, Optional.empty());
    } catch (BrokenChain e) {
      return new Verification(head, Optional.of(e));
    }
  }

  private void walk(ChainHead head) throws BrokenChain {
    Queue<SignedCheckpoint> checkpoints = new ArrayDeque<>(journal.checkpoints());
    ChainWalk walk = new ChainWalk();
    List<JournalEntry> entries;
    do {
      entries = journal.following(JournalFilter.ALL, walk.head().number(), AT_ONCE);
      for (JournalEntry entry : entries) {
        if (walk.head().number() < head.number()) {
          entry.takenBy(walk);
          compare(checkpoints, walk.head());
        }
      }
    } while (!entries.isEmpty() && walk.head().number() < head.number());
    for (SignedCheckpoint signed : checkpoints) {
      if (signed.checkpoint().number() > journal.head().number()) {
        throw new BrokenChain(
            walk.head().number() + 1,
            "it is missing: a checkpoint signs entry " + signed.checkpoint().number());
      }
    }
  }

  private void compare(Queue<SignedCheckpoint> checkpoints, ChainHead at) throws BrokenChain {
    while (!checkpoints.isEmpty() && checkpoints.peek().checkpoint().number() <= at.number()) {
      SignedCheckpoint signed = checkpoints.remove();
      if (!signed.checkpoint().hash().equals(at.hash())) {
        throw new BrokenChain(at.number(), "a checkpoint signs another entry of this number");
      }
      Optional<VerifyingKey> own = key.get().ring().find(signed.checkpoint().keyId());
      if (own.isPresent() && !signed.isSignedBy(own.get())) {
        throw new BrokenChain(at.number(), "its checkpoint does not have the portal's signature");
      }
    }
  }
}
