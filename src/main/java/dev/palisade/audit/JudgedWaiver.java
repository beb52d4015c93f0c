package dev.palisade.audit;

import dev.palisade.audit.verdict.Deployment;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.Expected;
import dev.palisade.audit.verdict.Judgement;
import dev.palisade.catalog.Catalog;
import dev.palisade.profile.WaivedSetting;
import dev.palisade.release.ReleaseRecord;
import dev.palisade.release.ReleaseRecord.ResolvedSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a release has otherwise by a waiver.
 *
 * @param asked the judgement by what the versions ask for
 */
public record JudgedWaiver(WaivedSetting waived, Judgement asked) {

  /**
   * Judges each setting that a release has otherwise by a waiver by what its versions ask for, all
   * that they ask for taken together: lists of open ports speak of one another.
   *
   * @param evidence null of a host that never sent any
   */
  static List<JudgedWaiver> of(
      ReleaseRecord content, Catalog catalog, Evidence evidence, Deployment deployment) {
    Map<String, WaivedSetting> waived = new TreeMap<>();
    List<Expected> asked = new ArrayList<>();
    List<Expected> instead = new ArrayList<>();
    for (WaivedSetting one : content.waivers()) {
      one.known(catalog)
          .ifPresent(
              known -> {
                waived.put(one.key(), one);
                asked.add(new Expected(known, one.asked(), one.profile()));
                if (one.value() != null) {
                  instead.add(new Expected(known, one.value(), one.profile()));
                }
              });
    }
    if (waived.isEmpty()) {
      return List.of();
    }
    expected(content, catalog).stream()
        .filter(one -> !waived.containsKey(one.setting().key()))
        .forEach(asked::add);
    List<Judgement> judgements = Judge.judgements(asked, instead, evidence, deployment);
    return judgements.subList(0, waived.size()).stream()
        .map(one -> new JudgedWaiver(waived.get(one.expected().setting().key()), one))
        .toList();
  }

  /** What a release wants, its waivers counted; what the catalog lacks by now is left out. */
  static List<Expected> expected(ReleaseRecord content, Catalog catalog) {
    List<Expected> expected = new ArrayList<>();
    for (ResolvedSetting resolved : content.settings()) {
      resolved
          .known(catalog)
          .ifPresent(
              known -> expected.add(new Expected(known, resolved.value(), resolved.profile())));
    }
    return expected;
  }

  /** Whether the release leaves the setting out, so that nothing else is judged. */
  public boolean isUnmanaged() {
    return waived.value() == null;
  }
}
