package dev.palisade.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Takes every rule that the triggers of the database enforce out in turn: an attack that is refused
 * while the rule stands must then come through. The rules are read from the database, so that a new
 * one fails here until somebody attacks it.
 */
@Tag("database")
class EachRuleCountsIT {

  private static final Pattern REFUSAL = Pattern.compile("raise exception( '((?:[^']|'')*)')");

  /** One refusal of one function, and the function without it. */
  private record Rule(String function, String message, String without) {}

  private static Database database;
  private static List<Attack> attacks;

  @BeforeAll
  static void scene() {
    Portal portal = Portal.running();
    database = Database.asApplication(portal);
    attacks = new Attacks(portal).all();
  }

  @Test
  void noAttackComesThroughWhileAllRulesStand() throws SQLException {
    List<String> through = new ArrayList<>();
    for (Attack attack : attacks) {
      if (comesThrough("select", attack)) {
        through.add(attack.toString());
      }
    }
    assertThat(through).isEmpty();
  }

  @Test
  void withoutAnyOneOfTheRulesAnAttackComesThrough() throws SQLException {
    List<String> notMissed = new ArrayList<>();
    List<Rule> rules = rules();
    assertThat(rules).hasSizeGreaterThan(30);
    for (Rule rule : rules) {
      if (!isMissed(rule)) {
        notMissed.add(rule.function + ": " + rule.message);
      }
    }
    assertThat(notMissed).isEmpty();
  }

  private static boolean isMissed(Rule rule) throws SQLException {
    for (Attack attack : attacks) {
      if (attack.isAgainst(rule.function, rule.message) && comesThrough(rule.without, attack)) {
        return true;
      }
    }
    return false;
  }

  private static boolean comesThrough(String change, Attack attack) throws SQLException {
    return database.comesThrough(change, attack.given(), List.of(attack.statement()));
  }

  private static List<Rule> rules() throws SQLException {
    String guards =
        " from pg_proc p join pg_language l on l.oid = p.prolang where l.lanname = 'plpgsql'"
            + " and p.prorettype = 'trigger'::regtype order by p.oid";
    List<String> names = database.texts("select p.proname" + guards);
    List<String> functions = database.texts("select pg_get_functiondef(p.oid)" + guards);
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < functions.size(); i++) {
      String function = functions.get(i);
      Matcher refusal = REFUSAL.matcher(function);
      while (refusal.find()) {
        String muted =
            function.substring(0, refusal.start())
                + "raise notice"
                + refusal.group(1)
                + function.substring(refusal.end());
        rules.add(new Rule(names.get(i), refusal.group(2), muted));
      }
    }
    return rules;
  }
}
