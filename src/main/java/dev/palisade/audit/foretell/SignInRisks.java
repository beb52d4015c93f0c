package dev.palisade.audit.foretell;

import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who could no longer sign in to ssh. Compares the lists of accounts and groups, and the ways of
 * signing in, with what the running daemon says of itself ({@code sshd -T}). The daemon asks
 * DenyUsers, AllowUsers, DenyGroups and AllowGroups in this order (auth.c); a list that is not set
 * refuses nobody.
 */
final class SignInRisks {

  private static final String SETTINGS = "services.openssh.settings.";
  private static final String ROOT = "root";
  private static final String ROOT_LOGIN = "PermitRootLogin";
  private static final String PASSWORDS = "PasswordAuthentication";
  private static final String CHALLENGES = "KbdInteractiveAuthentication";

  /** The ways of signing in that the daemon can have, by the names of its settings. */
  private static final List<String> METHODS =
      List.of(
          "PubkeyAuthentication",
          PASSWORDS,
          CHALLENGES,
          "HostbasedAuthentication",
          "GSSAPIAuthentication",
          "KerberosAuthentication");

  private final Prospect prospect;
  private final @Nullable Map<String, String> sshd;
  private final List<Risk> risks = new ArrayList<>();

  private SignInRisks(Prospect prospect) {
    this.prospect = prospect;
    this.sshd = prospect.around().sshd();
  }

  static List<Risk> of(Prospect prospect) {
    SignInRisks risks = new SignInRisks(prospect);
    risks.allowed("AllowUsers", "account");
    risks.allowed("AllowGroups", "group");
    risks.denied("DenyUsers", "AllowUsers", "account");
    risks.denied("DenyGroups", "AllowGroups", "group");
    risks.root();
    risks.methods();
    return risks.risks;
  }

  /** An allow list is exclusive: whom it does not name may not sign in. */
  private void allowed(String name, String kind) {
    List<String> planned = planned(name);
    if (planned.isEmpty() || planned.contains("*")) {
      return;
    }
    String only = "Only the " + plural(kind, planned) + " could sign in to ssh";
    if (sshd == null) {
      if (!planned.equals(offered(name))) {
        risks.add(Risk.check(SETTINGS + name, only, prospect.unseen("sshd")));
      }
      return;
    }
    List<String> running = running(name);
    if (running.isEmpty()) {
      risks.add(
          Risk.check(
              SETTINGS + name, only, "Its sshd has no " + name + " now, so it refuses nobody so."));
      return;
    }
    List<String> missing = running.stream().filter(one -> !isCovered(one, planned)).toList();
    List<String> accounts = planned.stream().map(SignInRisks::account).toList();
    List<String> gone = missing.stream().filter(one -> !isCovered(one, accounts)).toList();
    if (!gone.isEmpty()) {
      cutOff(name, gone, gone.size() == running.size(), kind, seen(name, running));
    } else if (!missing.isEmpty()) {
      risks.add(
          Risk.check(
              SETTINGS + name,
              "The " + plural(kind, missing) + " could sign in to ssh from some addresses only",
              seen(name, running)));
    }
  }

  /** A deny list is asked first: whom it names may not sign in, whatever the allow list says. */
  private void denied(String name, String allowList, String kind) {
    List<String> before = sshd == null ? offered(name) : running(name);
    List<String> added =
        planned(name).stream().filter(pattern -> !isCovered(pattern, before)).toList();
    if (added.isEmpty()) {
      return;
    }
    List<String> planned = planned(allowList);
    List<String> allowed = planned.isEmpty() ? running(allowList) : planned;
    List<String> gone = allowed.stream().filter(one -> isCovered(one, added)).toList();
    boolean nobodyLeft =
        added.contains("*") || (!allowed.isEmpty() && gone.size() == allowed.size());
    String seen =
        allowed.isEmpty()
            ? sshd == null
                ? prospect.unseen("sshd")
                : "Its sshd has no " + allowList + " now, so it refuses nobody so."
            : seen(allowList, allowed);
    if (nobodyLeft || !gone.isEmpty()) {
      cutOff(name, gone.isEmpty() ? added : gone, nobodyLeft, kind, seen);
      return;
    }
    List<String> touched =
        added.stream()
            .filter(one -> allowed.isEmpty() || allowed.stream().anyMatch(may -> meet(one, may)))
            .toList();
    if (!touched.isEmpty()) {
      boolean some = touched.stream().allMatch(one -> one.indexOf('@') >= 0);
      risks.add(
          Risk.check(
              SETTINGS + name,
              "The "
                  + plural(kind, touched)
                  + " could no longer sign in to ssh"
                  + (some ? " from there" : ""),
              seen));
    }
  }

  /** Whether two patterns may be about one account. */
  private static boolean meet(String one, String other) {
    return matches(account(one), account(other)) || matches(account(other), account(one));
  }

  private void cutOff(String name, List<String> gone, boolean all, String kind, String seen) {
    String what = "The " + plural(kind, gone) + " could no longer sign in to ssh";
    risks.add(
        all
            ? Risk.lockOut(
                SETTINGS + name,
                what + ", and nobody is left of those who may now",
                seen,
                "Keep an account or group in " + name + " with which somebody signs in today.")
            : Risk.check(SETTINGS + name, what, seen));
  }

  /** Root may be the only account that the allow list names. */
  private void root() {
    String runs = sshd == null ? null : sshd.get(lower(ROOT_LOGIN));
    String next = text(prospect.after(), ROOT_LOGIN);
    List<String> running = running("AllowUsers");
    List<String> planned = planned("AllowUsers");
    List<String> allowed = planned.isEmpty() ? running : planned;
    boolean before = "no".equals(runs) && isRootAlone(running);
    if (!before && "no".equals(next == null ? runs : next) && isRootAlone(allowed)) {
      risks.add(
          Risk.lockOut(
              SETTINGS + (next == null ? "AllowUsers" : ROOT_LOGIN),
              "Nobody could sign in to ssh any more: root is the only account that may",
              planned.isEmpty() ? seen("AllowUsers", allowed) : "AllowUsers would name root alone.",
              "Name another account in AllowUsers, or leave root a way in by key."));
    }
  }

  private static boolean isRootAlone(List<String> allowed) {
    return !allowed.isEmpty() && allowed.stream().allMatch(one -> account(one).equals(ROOT));
  }

  private void methods() {
    boolean takesPasswords = sshd != null && "yes".equals(sshd.get(lower(PASSWORDS)));
    List<String> turnedOff =
        METHODS.stream().filter(name -> prospect.turns(SETTINGS + name, false)).toList();
    if (turnedOff.isEmpty() || sshd == null) {
      return;
    }
    if (METHODS.stream().noneMatch(this::isLeft)) {
      risks.add(
          Risk.lockOut(
              SETTINGS + turnedOff.get(0),
              "Nobody could sign in to ssh any more: no way of signing in is left",
              "Its sshd takes "
                  + String.join(", ", METHODS.stream().filter(this::isOn).toList())
                  + " now.",
              "Leave keys on: PubkeyAuthentication."));
    } else if (turnedOff.contains(PASSWORDS) && takesPasswords) {
      risks.add(
          Risk.check(
              SETTINGS + PASSWORDS,
              "Whoever signs in to ssh by password alone could no longer",
              "Its sshd takes passwords now; who has a key there is not known."));
    }
  }

  /** Keys are on unless the daemon says no; every other way only where it says yes. */
  private boolean isOn(String method) {
    String word = sshd == null ? null : sshd.get(lower(method));
    return word == null ? method.equals(METHODS.get(0)) : word.equals("yes");
  }

  private boolean isLeft(String method) {
    SettingValue planned = prospect.after().get(SETTINGS + method);
    return planned instanceof Bool ? planned.equals(new Bool(true)) : isOn(method);
  }

  private List<String> planned(String name) {
    return items(prospect.after().get(SETTINGS + name));
  }

  private List<String> offered(String name) {
    return items(prospect.before().get(SETTINGS + name));
  }

  private List<String> running(String name) {
    String text = sshd == null ? null : sshd.get(lower(name));
    return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  private static List<String> items(@Nullable SettingValue value) {
    return value instanceof Items list
        ? list.items().stream().map(SettingValue::display).toList()
        : value == null
            ? List.of()
            : Stream.of(value.display().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  private static @Nullable String text(Map<String, SettingValue> values, String name) {
    SettingValue value = values.get(SETTINGS + name);
    return value == null ? null : value.display();
  }

  /**
   * Whether one of the patterns lets in all that this pattern does. {@code *} and {@code ?} are
   * wildcards; what follows an {@code @} limits it to some hosts, so such a pattern covers only
   * itself.
   */
  private static boolean isCovered(String pattern, List<String> patterns) {
    return patterns.stream()
        .anyMatch(other -> other.equals(pattern) || matches(other, account(pattern)));
  }

  private static boolean matches(String pattern, String account) {
    if (pattern.indexOf('@') >= 0) {
      return false;
    }
    StringBuilder regex = new StringBuilder();
    pattern
        .chars()
        .forEach(
            c ->
                regex.append(
                    c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
    return account.matches(regex.toString());
  }

  private static String account(String pattern) {
    int at = pattern.indexOf('@');
    return at < 0 ? pattern : pattern.substring(0, at);
  }

  private static String seen(String name, List<String> entries) {
    return name + " is " + String.join(" ", entries) + " now.";
  }

  private static String plural(String kind, List<String> names) {
    return (names.size() == 1 ? kind : kind + "s") + " " + joined(names);
  }

  private static String joined(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
