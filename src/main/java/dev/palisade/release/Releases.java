package dev.palisade.release;

import dev.palisade.core.Digest;
import dev.palisade.fleet.Host;
import java.util.List;
import java.util.Optional;

/** The store of releases and offers. */
public interface Releases {

  Optional<Release> find(Digest digest);

  void add(Release release);

  /** Lets transactions that offer something to this host take their turn. */
  void serialise(Host host);

  /** What the host is expected to run: its newest offer. */
  Optional<Offer> lastOffer(Host host);

  /** When the host fetched a release, and any other one. */
  Fetches fetches(Host host, Digest digest);

  /** Every offer of a release to a host, newest first. */
  List<Offer> offers(Host host, Digest digest);

  /** Every offer of a release to whichever host, newest first. */
  List<Offer> offers(Digest digest);

  /** Offers to the same host before this one, of other releases, newest first. */
  List<Offer> earlier(Offer offer);

  /** The newest of those, or empty. */
  Optional<Offer> lastBefore(Offer offer);

  /** What every host is expected to run, by the host's name in the order of its characters. */
  List<Offer> lastOffers();

  /** Writes it out at once, so that a rule of the database refuses it here and not later. */
  void add(Offer offer);

  /** Writes out what was changed, so that a rule of the database refuses it here and not later. */
  void flush();
}
