package dev.palisade.audit.firewall;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a new connection from outside through one base chain. A port counts as open where
 * somebody reaches it: rules that refuse some senders only do not close it. In a nat chain it
 * collects what is translated; what such a chain accepts stays as it is.
 */
final class Walk {

  private static final int MOST_DEPTH = 16;
  private static final List<String> PORTED = List.of("tcp", "udp");
  private static final String NOT_ON = "not on ";

  /** The steps that it costs to follow some packets by themselves. */
  private static final int FORK = 2_048;

  private final RuleBook book;
  private final Family family;
  private final Openings openings = new Openings();
  private final Set<String> logged = new HashSet<>();
  private final Doubts doubts;

  /** Doubts about what is let in, which say nothing where all is let in anyway. */
  private final Doubts letIn;

  /** Refusals that are not understood: they matter where their ports turn out to be open. */
  private List<Refusal> unsure = new ArrayList<>();

  private final List<Translated> translated = new ArrayList<>();
  private final boolean translates;
  private Shut closed;

  /** How often the packets that are followed have left those that stay. */
  private int asides;

  private boolean refuses;
  private boolean rejects;
  private @Nullable Boolean ping;

  /** Ports that a nat chain translates, and where to. */
  record Translated(Opening opening, Translation translation) {}

  private record Refusal(Packets packets, String why) {}

  /** Where packets go on that leave a chain. */
  private record Frame(
      Chain chain, int next, Packets through, Chain origin, @Nullable Frame up, int depth) {

    Frame from(int rule) {
      return new Frame(chain, rule, through, origin, up, depth);
    }
  }

  /**
   * A walk that has not begun.
   *
   * @param translates whether it is through nat chains
   * @param closedBefore what other chains shut
   */
  Walk(RuleBook book, Family family, boolean translates, Shut closedBefore) {
    this.book = book;
    this.family = family;
    this.translates = translates;
    closed = closedBefore.copy();
    doubts = new Doubts(family);
    letIn = new Doubts(family);
  }

  /** Walks the whole base chain. */
  void through(Chain base) {
    if (!chain(new Frame(base, 0, base.seen(), base, null, 0)) && base.drops()) {
      refuse(base.seen(), false);
    }
    if (ping == null) {
      ping = !refuses;
    }
    if (!refuses) {
      unsure.forEach(refusal -> doubts.add(refusal.packets(), refusal.why()));
    }
  }

  /** Follows packets from a rule on; whether each of them was let in or refused. */
  private boolean chain(Frame frame) {
    if (frame.depth() > MOST_DEPTH) {
      throw new RuleBook.TooMuch("chains call each other more than " + MOST_DEPTH + " deep");
    }
    Chain chain = frame.chain();
    for (int at = frame.next(); at < chain.rules().size(); at++) {
      Rule rule = chain.rules().get(at);
      Packets met = rule.met();
      book.spend(frame.through().cost(met));
      Packets packets = frame.through().and(met);
      if (packets.isNone() || !packets.fresh()) {
        continue;
      }
      boolean all = met.isAny();
      switch (rule.act()) {
        case ACCEPT ->
            accept(
                packets, chain.name().equals(Openings.ACCEPTING) ? frame.origin() : chain, chain);
        case DROP, REJECT -> refuse(packets, rule.act() == Rule.Act.REJECT);
        case TRANSLATE -> translate(packets, rule, chain);
        case RETURN -> {
          if (all) {
            return false;
          }
          Packets most = frame.through().and(met.forMost());
          aside(packets, () -> goOn(frame.up(), most, chain));
        }
        case JUMP -> {
          if (enter(rule, packets, frame, frame.from(at + 1)) && all) {
            return true;
          }
        }
        case GOTO -> {
          if (all) {
            return enter(rule, packets, frame, frame.up());
          }
          Packets most = frame.through().and(met.forMost());
          aside(
              packets,
              () -> {
                if (!enter(rule, most, frame, frame.up())) {
                  goOn(frame.up(), most, chain);
                }
              });
        }
        case LOG -> Filter.log(rule, chain, logged, doubts.all());
        case RIDDLE -> doubts.add(packets, "a rule in " + chain.name() + " is not understood");
      }
      if (all && isEnd(rule.act())) {
        return true;
      }
    }
    return false;
  }

  private boolean isEnd(Rule.Act act) {
    return act == Rule.Act.ACCEPT
        || act == Rule.Act.DROP
        || act == Rule.Act.REJECT
        || (translates && act == Rule.Act.TRANSLATE);
  }

  private boolean enter(Rule rule, Packets packets, Frame from, @Nullable Frame back) {
    Chain target = book.find(from.chain().table(), String.valueOf(rule.target()));
    if (target == null) {
      doubts.add(packets, "a rule in " + from.chain().name() + " goes on in " + rule.target());
      return false;
    }
    return chain(new Frame(target, 0, packets, from.chain(), back, from.depth() + 1));
  }

  /** Follows some packets by themselves: what shuts for them shuts for nobody else. */
  private void aside(Packets packets, Runnable walk) {
    book.spend(FORK);
    Shut before = closed.copy();
    List<Refusal> unsureBefore = List.copyOf(unsure);
    Boolean pingBefore = ping;
    asides++;
    walk.run();
    asides--;
    closed = before;
    unsure = new ArrayList<>(unsureBefore);
    if (!Boolean.TRUE.equals(ping)) {
      ping = pingBefore;
    }
    if (packets.isCertain()) {
      closed.close(packets, book);
    }
  }

  /** Lets packets go on where they left for another chain, to the end of the base chain. */
  private boolean goOn(@Nullable Frame back, Packets packets, Chain left) {
    Chain last = left;
    for (Frame frame = back; frame != null; frame = frame.up()) {
      Packets through = frame.through().and(packets);
      Frame next =
          new Frame(
              frame.chain(), frame.next(), through, frame.origin(), frame.up(), frame.depth());
      if (chain(next)) {
        return true;
      }
      last = frame.chain();
    }
    if (!last.drops()) {
      accept(packets, left, left);
    }
    return true;
  }

  private void translate(Packets packets, Rule rule, Chain at) {
    if (!translates || rule.translation() == null) {
      return;
    }
    Translation translation = rule.translation();
    String by = translation.words() + " in " + at.table() + "/" + at.name();
    if (!packets.riddle().isEmpty()) {
      doubts.add(
          packets,
          "%s translates by “%s”, which is not understood".formatted(by, packets.riddle()));
      return;
    }
    for (String proto : PORTED) {
      if (packets.mayBe(proto)) {
        for (Opening one :
            Openings.pieces(book, closed, proto, packets, Opening.Kind.TRANSLATED, by)) {
          translated.add(new Translated(one, translation));
        }
      }
    }
    if (translated.size() > Openings.MOST) {
      throw new RuleBook.TooMuch("they translate more than " + Openings.MOST + " ranges of ports");
    }
    if (packets.isCertain()) {
      closed.close(packets, book);
    }
  }

  private void accept(Packets packets, Chain by, Chain at) {
    if (translates) {
      if (packets.isCertain()) {
        closed.close(packets, book);
      }
      return;
    }
    if (packets.isAny() && asides == 0) {
      return;
    }
    if (!packets.riddle().isEmpty()) {
      letIn.add(packets, Doubts.riddle(packets, "lets in", by));
      return;
    }
    for (String proto : PORTED) {
      if (packets.mayBe(proto) && !Openings.isOwn(packets)) {
        open(proto, packets, by, at);
      }
    }
    boolean forPing =
        packets.mayBe(family.icmp())
            && packets.echo()
            && (packets.interfaces() == null || packets.protocols() != null);
    if (forPing && packets.ports() == null && ping == null) {
      ping = true;
      unsure.stream()
          .filter(refusal -> refusal.packets().mayBe(family.icmp()))
          .filter(refusal -> refusal.packets().ports() == null)
          .forEach(refusal -> doubts.add(Topic.PING, refusal.why()));
    }
  }

  private void open(String proto, Packets packets, Chain by, Chain at) {
    Opening.Kind kind = Openings.kind(packets, by, at);
    for (Opening opening : Openings.pieces(book, closed, proto, packets, kind, by.name())) {
      openings.add(opening);
      for (Refusal refusal : unsure) {
        if (refusal.packets().mayBe(proto)
            && !Ports.shared(refusal.packets().ranges(), List.of(opening.ports())).isEmpty()) {
          doubts.add(proto.equals("udp") ? Topic.UDP : Topic.TCP, refusal.why());
        }
      }
    }
  }

  /** Shuts what the rule refuses to everybody; what some meet only stays open. */
  private void refuse(Packets packets, boolean rejecting) {
    if (packets.isAny() && !packets.temporary() && asides == 0) {
      refuses = true;
      rejects = rejecting;
      if (ping == null) {
        ping = false;
      }
      return;
    }
    if (!packets.only().isEmpty() || packets.temporary()) {
      if (List.of(packets.only().split(", ", -1)).stream().allMatch(w -> w.startsWith(NOT_ON))) {
        doubts.add(Topic.INTERFACES, "a rule refuses packets " + packets.only());
      }
      return;
    }
    if (!packets.riddle().isEmpty()) {
      unsure.add(new Refusal(packets, Doubts.riddle(packets, "refuses", null)));
      return;
    }
    closed.close(packets, book);
    if (packets.mayBe(family.icmp())
        && packets.echo()
        && packets.ports() == null
        && packets.interfaces() == null
        && ping == null) {
      ping = false;
    }
  }

  boolean refuses() {
    return refuses;
  }

  boolean rejects() {
    return rejects;
  }

  boolean ping() {
    return Boolean.TRUE.equals(ping);
  }

  List<Opening> openings() {
    return openings.list();
  }

  Set<String> logged() {
    return logged;
  }

  /** Doubts about what is let in count only where something is refused. */
  Map<Topic, String> doubts() {
    Map<Topic, String> all = new EnumMap<>(doubts.all());
    if (refuses) {
      letIn.all().forEach(all::putIfAbsent);
    }
    return all;
  }

  /**
   * The ports that this chain shuts for everybody: let in to nobody before, for all that is known.
   */
  Shut shut() {
    Shut shut = closed.copy();
    openings.list().forEach(shut::except);
    for (String proto : PORTED) {
      if (letIn.has(proto.equals("tcp") ? Topic.TCP : Topic.UDP)) {
        shut.except(new Opening(proto, Ports.ALL, null, "", Opening.Kind.HAND, ""));
      }
    }
    return shut;
  }

  List<Translated> translated() {
    return translated;
  }
}
