package dev.palisade.audit.verdict;

/** The setting to declare so that what is in effect becomes what was asked for. */
public record Fix(String key, String value) {}
