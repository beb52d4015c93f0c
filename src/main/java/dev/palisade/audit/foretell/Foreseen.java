package dev.palisade.audit.foretell;

import dev.palisade.catalog.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What some content would do to one host. Depends on the {@link Prospect} and nothing else.
 *
 * @param changes weaker ones first
 * @param already keys that run at their value now
 * @param notKnown keys of which neither evidence nor release says how they run
 * @param noEffect keys on which this kernel does not act
 * @param risks worst first
 * @param refused why no rollout would take the host, or null
 */
public record Foreseen(
    List<Change> changes,
    List<String> already,
    List<String> notKnown,
    List<String> noEffect,
    List<Risk> risks,
    @Nullable String refused) {

  public Foreseen {
    changes = List.copyOf(changes);
    already = List.copyOf(already);
    notKnown = List.copyOf(notKnown);
    noEffect = List.copyOf(noEffect);
    risks = List.copyOf(risks);
  }

  /** Foretells it. */
  public static Foreseen of(Prospect prospect, Catalog catalog) {
    SettingsForecast settings = SettingsForecast.of(prospect, catalog);
    List<Risk> risks = new ArrayList<>();
    risks.addAll(ReachRisks.of(prospect));
    risks.addAll(ForwardingRisks.of(prospect));
    risks.addAll(ModuleRisks.of(prospect));
    for (String name : prospect.next().missing()) {
      risks.add(
          Risk.check(
              "${" + name + "}",
              "The host has no value for this parameter, so a rollout refuses it",
              "Foretold with the example that the parameter declares."));
    }
    risks.addAll(settings.risks());
    risks.sort(Comparator.comparing(Risk::grade));
    List<Change> changes = new ArrayList<>(settings.changes());
    changes.sort(Comparator.comparing(Change::direction).thenComparing(Change::key));
    return new Foreseen(
        changes, settings.already(), settings.notKnown(), settings.noEffect(), risks, null);
  }

  /** Of a host for which the versions do not come to one content. */
  public static Foreseen refused(String why) {
    Risk risk = Risk.check("", "A rollout would refuse the host", why);
    return new Foreseen(List.of(), List.of(), List.of(), List.of(), List.of(risk), why);
  }

  /** The same with further things to check. */
  public Foreseen with(List<Risk> more) {
    List<Risk> all = new ArrayList<>(risks);
    all.addAll(more);
    return new Foreseen(changes, already, notKnown, noEffect, all, refused);
  }

  public boolean isLockOut() {
    return risks.stream().anyMatch(Risk::isLockOut);
  }

  /** The risks of one grade. */
  public List<Risk> risks(Risk.Grade grade) {
    return risks.stream().filter(risk -> risk.grade() == grade).toList();
  }
}
