package dev.palisade.core;

/** Numbers together with their noun. */
public final class Count {

  private Count() {}

  /**
   * The number and the noun in the form that belongs to it: {@code 1 host}, {@code 0 hosts}.
   *
   * @param noun the singular; its plural is made by adding s, or ies for y after a consonant
   */
  public static String of(long number, String noun) {
    if (number == 1) {
      return "1 " + noun;
    }
    return noun.matches(".*[^aeiou]y")
        ? number + " " + noun.substring(0, noun.length() - 1) + "ies"
        : number + " " + noun + "s";
  }
}
