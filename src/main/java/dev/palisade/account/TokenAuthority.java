package dev.palisade.account;

import java.util.Optional;

/**
 * Somebody who issues tokens and knows whose they are. Authentication asks each authority in turn;
 * the fleet answers for hosts, this room for people.
 */
public interface TokenAuthority {

  /**
   * Who holds this token now.
   *
   * @param token the secret as presented by the client
   * @return empty when it is unknown, expired or revoked, or its holder is disabled
   */
  Optional<Actor> holderOf(String token);
}
