package dev.palisade.shell.view;

/**
 * How a state is drawn: always icon, word and tone together.
 *
 * @param icon a PrimeIcon without its {@code pi-} prefix
 * @param tone one of ok, fail, wait, waived, run, none, mute
 * @param word the word a page shows unless it brings its own
 */
public record Look(String icon, String tone, String word) {}
