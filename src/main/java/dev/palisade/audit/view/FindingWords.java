package dev.palisade.audit.view;

import dev.palisade.audit.Finding;
import dev.palisade.audit.Finding.FindingWaiver;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Findings in words, for every page that shows some. */
@Named("findingWords")
@ApplicationScoped
public class FindingWords {

  private static final int BRIEF = 200;

  @Inject private Catalog catalog;

  /** What a value of a setting means, such as {@code strict}; empty where it says it itself. */
  public String meaning(String key, String value) {
    Setting setting = catalog.find(key).orElse(null);
    if (setting == null || value == null || !value.strip().matches("-?[0-9]{1,18}")) {
      return "";
    }
    String word = setting.meaning(new SettingValue.Int(Long.parseLong(value.strip())));
    return word == null ? "" : word;
  }

  /** Where the catalog tells of a setting; null for one that it does not have. */
  public String page(String key) {
    return catalog.find(key).isEmpty() ? null : "/catalog/detail?key=" + PageFlow.encoded(key);
  }

  public String label(String key) {
    return catalog.find(key).map(Setting::label).orElse("");
  }

  /** The finding in half a line: {@code wants 1, in effect 2}. */
  public String brief(Finding finding) {
    if (finding.effective() != null && !finding.effective().equals(finding.found())) {
      return "wants " + finding.expected() + ", in effect " + finding.effective();
    }
    if (finding.found() == null) {
      return "wants " + finding.expected();
    }
    String tense = finding.verdict() == Verdict.UNKNOWN ? ", last ran " : ", runs ";
    return "wants " + finding.expected() + tense + finding.found();
  }

  /** Whether what is in effect is known and is not what the key itself runs at. */
  public boolean inEffectDiffers(Finding finding) {
    return finding.effective() != null && !finding.effective().equals(finding.found());
  }

  /** What runs, and what is in effect where that is another value. */
  public String running(Finding finding) {
    String found = finding.found() == null ? "–" : finding.found();
    return inEffectDiffers(finding) ? found + ", in effect " + finding.effective() : found;
  }

  /** The interfaces at fault, as an aside after a value; empty where it is not about interfaces. */
  public String where(Finding finding) {
    String names = String.join(", ", finding.interfaces());
    return switch (finding.interfaces().size()) {
      case 0 -> "";
      case 1 -> "(interface " + names + ")";
      default -> "(interfaces " + names + ")";
    };
  }

  /** The beginning of a waiver's reason; its page has all of it. */
  public String reason(FindingWaiver waiver) {
    String reason = waiver.reason();
    return reason.length() <= BRIEF ? reason : reason.substring(0, BRIEF) + "…";
  }

  /** Whether a waiver could make a difference, and none does. */
  public boolean isWaivable(Finding finding) {
    return (finding.waiver() == null || finding.waiver().ended())
        && finding.verdict().group() != VerdictGroup.HOLDING
        && finding.verdict().group() != VerdictGroup.NO_EFFECT;
  }

  /** The line of Nix that cures the finding, or null. */
  public String fix(Finding finding) {
    return finding.fix() == null
        ? null
        : "boot.kernel.sysctl.\"%s\" = %s;".formatted(finding.fix().key(), finding.fix().value());
  }
}
