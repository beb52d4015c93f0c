package dev.palisade.fleet;

import java.util.List;
import java.util.Optional;

/** The store of enrolment tokens. */
public interface EnrolmentTokens {

  /** Newest first. */
  List<EnrolmentToken> all();

  Optional<EnrolmentToken> find(long id);

  /** The token with this hash, locked until the transaction ends, so that each use counts. */
  Optional<EnrolmentToken> byHashForUse(byte[] hash);

  void add(EnrolmentToken token);

  /** Writes out what was changed, so that a rule of the database refuses it here and not later. */
  void flush();
}
