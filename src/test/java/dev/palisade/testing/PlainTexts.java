package dev.palisade.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks that explanatory texts are whole sentences, say something and do not repeat each other.
 */
public final class PlainTexts {

  private static final int MIN_WORDS = 6;

  /** A sentence starts with a capital, or with a name that is written in lower case. */
  private static final Pattern START =
      Pattern.compile("(?s)(\\p{Lu}|(nftables|sshd|systemd(-sysctl)?|[\\w-]+(\\.[\\w-]+)+) ).*");

  private static final Pattern EMPTY_PHRASE =
      Pattern.compile(
          "(?i)\\b(assert(\\b|:|;)|as above|see above|as ipv4|same idea|moot|optional\\.|"
              + "(stig|cis|kspp) value|none known|low: the default|n/a|debug only|site choice)");

  /** What may not be the only difference of two texts. */
  private static final Pattern VARIANTS =
      Pattern.compile("\\d+|\\ball\\b|\\bdefault\\b|\\bipv[46]\\b|\\bicmp(v6)?\\b|\\W+");

  /** Two texts that share more than this part of their words are near-copies. */
  private static final double MAX_SHARED = 0.6;

  private final Map<String, Set<String>> wordsByPlace = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * Checks one text and remembers it for comparison with the following ones.
   *
   * @param place a name of the text that occurs once
   */
  public void add(String place, String text) {
    if (!START.matcher(text).matches() || !text.endsWith(".")) {
      faults.add(place + ": not a whole sentence: " + text);
    }
    if (text.trim().split("\\s+").length < MIN_WORDS) {
      faults.add(place + ": says too little: " + text);
    }
    if (EMPTY_PHRASE.matcher(text).find()) {
      faults.add(place + ": an empty phrase: " + text);
    }
    Set<String> words =
        Set.copyOf(
            List.of(
                VARIANTS
                    .matcher(text.toLowerCase(Locale.ROOT))
                    .replaceAll(" ")
                    .trim()
                    .split(" +")));
    wordsByPlace.forEach(
        (earlier, others) -> {
          if (shared(words, others) > MAX_SHARED) {
            faults.add(place + ": nearly the same as " + earlier + ": " + text);
          }
        });
    wordsByPlace.put(place, words);
  }

  private static double shared(Set<String> words, Set<String> others) {
    long both = words.stream().filter(others::contains).count();
    return (double) both / (words.size() + others.size() - both);
  }

  /** The faults found so far, each with the place of its text. */
  public List<String> faults() {
    return List.copyOf(faults);
  }
}
