package dev.palisade.fleet;

import java.util.List;
import java.util.Optional;

/** The store of delivery tokens; none is ever removed. */
public interface DeliveryTokens {

  /** Every token, the newest first. */
  List<DeliveryToken> all();

  Optional<DeliveryToken> find(long id);

  Optional<DeliveryToken> byTokenHash(byte[] hash);

  void add(DeliveryToken token);

  /** Writes out what was changed, so that a rule of the database refuses it here and not later. */
  void flush();
}
