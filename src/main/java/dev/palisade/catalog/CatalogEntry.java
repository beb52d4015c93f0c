package dev.palisade.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.Setting.Bounds;
import dev.palisade.catalog.Setting.Condition;
import dev.palisade.catalog.Setting.Control;
import dev.palisade.catalog.Setting.Fact;
import dev.palisade.catalog.Setting.Unset;
import dev.palisade.catalog.Stricter.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A setting as it stands in a catalog file: members that say nothing are left out there. */
record CatalogEntry(
    String key,
    String kind,
    String type,
    String label,
    @Nullable Range bounds,
    @Nullable String unit,
    @Nullable JsonNode kernelDefault,
    @Nullable String kernelDefaultNote,
    @Nullable String combine,
    @Nullable String merge,
    @Nullable Integer optionDepth,
    @Nullable String alias,
    @Nullable Boot boot,
    boolean perNamespace,
    boolean rootOnly,
    @Nullable String noEffect,
    @Nullable Idle noEffectWhile,
    @Nullable List<JsonNode> acceptable,
    @Nullable JsonNode stricter,
    @Nullable String ifWeaker,
    @Nullable Default unset,
    String severity,
    String description,
    @Nullable String riskIfSet,
    @Nullable String riskIfNotSet,
    @Nullable List<String> breakage,
    @Nullable List<String> setBy,
    @Nullable List<String> references,
    @Nullable List<Control> controls,
    @Nullable List<Note> facts) {

  record File(String family, List<CatalogEntry> settings) {}

  record Range(
      @Nullable List<JsonNode> values,
      @Nullable Map<String, String> labels,
      @Nullable List<String> suggested,
      @Nullable Long min,
      @Nullable Long max,
      @Nullable Integer size,
      @Nullable Map<String, Setting.Range> on) {}

  record Idle(String key, Set<Long> values, String why) {}

  record Default(@Nullable JsonNode value, String by, boolean weakest) {}

  record Boot(
      String reads,
      @Nullable String combines,
      @Nullable Map<String, String> alsoSetBy,
      @Nullable String weakenedBy,
      String source) {}

  record Note(@Nullable JsonNode when, String text) {}

  /** The setting, with what was left out filled in. */
  Setting setting(String family) {
    return new Setting(
        key,
        named(SettingKind.values(), SettingKind::code, "kind", kind),
        named(ValueType.values(), ValueType::code, "type", type),
        label,
        family,
        limits(),
        unit,
        present(kernelDefault) == null ? null : value(kernelDefault),
        kernelDefaultNote,
        combine == null
            ? CombineRule.NONE
            : named(CombineRule.values(), CombineRule::code, "combine", combine),
        merge == null
            ? MergeKind.SCALAR
            : named(MergeKind.values(), MergeKind::code, "merge", merge),
        optionDepth,
        alias,
        parameter(),
        perNamespace,
        rootOnly,
        noEffect,
        noEffectWhile == null
            ? null
            : new Condition(noEffectWhile.key(), noEffectWhile.values(), noEffectWhile.why()),
        acceptable == null ? List.of() : acceptable.stream().map(this::value).toList(),
        order(present(stricter)),
        ifWeaker == null ? "" : ifWeaker,
        unset == null
            ? null
            : new Unset(
                present(unset.value()) == null ? null : value(unset.value()),
                unset.by(),
                unset.weakest()),
        named(Severity.values(), s -> s.name().toLowerCase(Locale.ROOT), "severity", severity),
        description,
        riskIfSet == null ? "" : riskIfSet,
        riskIfNotSet == null ? "" : riskIfNotSet,
        orEmpty(breakage),
        orEmpty(setBy),
        orEmpty(references),
        orEmpty(controls),
        facts == null
            ? List.of()
            : facts.stream()
                .map(n -> new Fact(present(n.when()) == null ? null : value(n.when()), n.text()))
                .toList());
  }

  private @Nullable BootParameter parameter() {
    return boot == null
        ? null
        : new BootParameter(
            named(BootParameter.Reads.values(), BootParameter.Reads::code, "reads", boot.reads()),
            boot.combines() == null
                ? BootParameter.Combines.LAST
                : named(
                    BootParameter.Combines.values(),
                    BootParameter.Combines::code,
                    "combines",
                    boot.combines()),
            boot.alsoSetBy() == null ? Map.of() : boot.alsoSetBy(),
            boot.weakenedBy(),
            boot.source());
  }

  private Bounds limits() {
    if (bounds == null) {
      return Bounds.NONE;
    }
    return new Bounds(
        bounds.values() == null ? List.of() : bounds.values().stream().map(this::value).toList(),
        bounds.labels() == null ? Map.of() : bounds.labels(),
        orEmpty(bounds.suggested()),
        bounds.min(),
        bounds.max(),
        bounds.size(),
        bounds.on() == null
            ? Map.of()
            : bounds.on().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        e ->
                            named(
                                Architecture.values(),
                                Architecture::code,
                                "architecture",
                                e.getKey()),
                        Map.Entry::getValue)));
  }

  private @Nullable Stricter order(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    if (!node.isArray()) {
      return new Stricter(named(Rule.values(), Rule::code, "order", node.asText()), List.of());
    }
    List<List<SettingValue>> ranks = new ArrayList<>();
    for (JsonNode rank : node) {
      SettingValue values = value(rank);
      ranks.add(values instanceof SettingValue.Items group ? group.items() : List.of(values));
    }
    return new Stricter(Rule.LISTED, ranks);
  }

  private SettingValue value(@Nullable JsonNode node) {
    if (node == null) {
      throw new IllegalArgumentException(key + ": a value is missing");
    }
    return SettingValue.fromJson(node, key);
  }

  private static @Nullable JsonNode present(@Nullable JsonNode node) {
    return node == null || node.isNull() ? null : node;
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  private <E> E named(E[] constants, Function<E, String> code, String member, String wanted) {
    return Arrays.stream(constants)
        .filter(c -> code.apply(c).equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(key + ": unknown " + member + " “" + wanted + "”"));
  }
}
