package dev.palisade.profile;

import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.catalog.SshdTime;
import dev.palisade.catalog.ValueText;
import dev.palisade.catalog.ValueType;
import dev.palisade.nix.NixReader;
import dev.palisade.nix.NixReader.Binding;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.nix.NixText;
import dev.palisade.profile.ImportedSettings.Rank;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the settings of a NixOS module. Paths count from the module's top level or from its {@code
 * config}; what stands in the configuration of another system is named and left out.
 */
final class NixImport {

  private static final List<String> SYSCTL = List.of("boot", "kernel", "sysctl");
  private static final List<String> CONFIG = List.of("config");
  private static final String GLOB = ".conf.*.";
  private static final String BOTH_TOLD = "applied to both conf.all and conf.default";

  private final ImportKeys keys;
  private final ImportedSettings found;
  private final ImportProposals proposals;
  private final boolean globsMeanBoth;
  private boolean isModule;

  NixImport(
      ImportKeys keys, ImportedSettings found, ImportProposals proposals, boolean globsMeanBoth) {
    this.keys = keys;
    this.found = found;
    this.proposals = proposals;
    this.globsMeanBoth = globsMeanBoth;
  }

  void read(String text) {
    NixReader.Result read =
        NixReader.read(text, path -> !path.isEmpty() && concerns(path) && !path.equals(CONFIG));
    isModule = read.isModule();
    for (Note note : read.notUnderstood()) {
      found.miss(
          note.path().isEmpty() ? Rank.BROKEN : concerns(note.path()) ? Rank.DECISIVE : Rank.OTHER,
          note);
      find(key(withoutConfig(note.path()))).ifPresent(s -> found.unclear(note.line(), s));
      sysctl(withoutConfig(note.path()))
          .flatMap(this::find)
          .ifPresent(s -> found.unclear(note.line(), s));
    }
    read.readings().forEach(found::tell);
    ImportWholes wholes = new ImportWholes(read);
    for (Binding written : read.bindings()) {
      Binding binding = inside(written, wholes);
      List<String> path = withoutConfig(written.path());
      Optional<String> replaced = wholes.replaced(written.path(), written.strength());
      Optional<String> perhaps = wholes.perhapsReplaced(written.path(), written.strength());
      if (replaced.isPresent()) {
        found.tell(new Note(written.line(), shown(key(path)), replaced.get()));
      } else if (perhaps.isPresent()) {
        miss(Rank.DECISIVE, written, key(path), perhaps.get());
      } else {
        binding(binding, path);
      }
    }
  }

  private static Binding inside(Binding written, ImportWholes wholes) {
    return new Binding(
        written.path(),
        written.value(),
        written.line(),
        written.comment(),
        wholes.inside(written.path(), written.strength()),
        written.leftOut());
  }

  private void binding(Binding binding, List<String> path) {
    Optional<String> sysctl = sysctl(path);
    String key = key(path);
    if (sysctl.isPresent()) {
      if (path.size() > SYSCTL.size() + 1 && path.subList(0, SYSCTL.size()).equals(SYSCTL)) {
        found.tell(
            new Note(
                binding.line(),
                shown(sysctl.get()),
                "NixOS takes no sets within boot.kernel.sysctl: the whole key is one quoted name."));
      }
      sysctl(binding, sysctl.get());
    } else if (isList(path, "kernelParams")) {
      elements(binding, SettingKind.KERNEL_PARAM);
    } else if (isList(path, "blacklistedKernelModules")) {
      elements(binding, SettingKind.MODULE_BLACKLIST);
    } else if (find(key).isPresent()) {
      sysctl(binding, key);
    } else if (path.get(0).equals("options") && path.size() > 1) {
      miss(Rank.OTHER, binding, key, "It declares an option; it sets no value.");
    } else if (nested(path).isPresent()) {
      miss(
          Rank.NEAR,
          binding,
          key,
          "It belongs to the configuration below “"
              + shown(nested(path).get())
              + "”, not to the host itself.");
    } else {
      unknown(binding, key);
    }
  }

  private void sysctl(Binding binding, String key) {
    boolean told = binding.comment().toLowerCase(Locale.ROOT).replace("`", "").contains(BOTH_TOLD);
    Optional<Setting> setting = find(key);
    if (key.contains(GLOB) && (told || (globsMeanBoth && setting.isEmpty()))) {
      for (String scope : List.of("all", "default")) {
        String one = key.replace(GLOB, ".conf." + scope + ".");
        find(one).ifPresentOrElse(s -> define(binding, s), () -> unknown(binding, one));
      }
      found.tell(
          new Note(
              binding.line(),
              shown(key),
              "Read as conf.all and conf.default, as "
                  + (told ? "the comment before it says." : "was asked for.")));
    } else if (setting.isPresent()) {
      if (!setting.get().key().equals(key) && RenamedOptions.today(key).isPresent()) {
        found.tell(
            new Note(
                binding.line(), shown(key), "NixOS calls it " + setting.get().key() + " today."));
      }
      define(binding, setting.get());
    } else {
      unknown(binding, key);
    }
  }

  private void define(Binding binding, Setting setting) {
    if (!binding.leftOut().isEmpty()) {
      String left = String.join(", ", binding.leftOut());
      miss(
          Rank.DECISIVE,
          binding,
          setting.key(),
          "Of its list, “" + shown(left) + "” is no literal, so that nothing of it is taken.");
      found.unclear(binding.line(), setting);
      return;
    }
    found.define(
        binding.line(),
        setting,
        binding.strength(),
        known -> typed(binding.line(), known, binding.value()));
  }

  private Optional<Setting> find(String key) {
    return isModule ? keys.find(key) : keys.findInSnippet(key);
  }

  /** The sysctl that a path names, with dots between its names. */
  private Optional<String> sysctl(List<String> path) {
    int names = path.size() - 1;
    if (path.size() > 3 && path.subList(0, 3).equals(SYSCTL)) {
      names = 3;
    } else if (!isModule && path.size() > 1 && path.get(0).equals("sysctl")) {
      names = 1;
    } else if (!isModule && path.size() > 2 && path.subList(0, 2).equals(SYSCTL.subList(1, 3))) {
      names = 2;
    } else if (!isModule && path.size() == 1 && path.get(0).matches(".*[./].*")) {
      names = 0;
    } else {
      return Optional.empty();
    }
    return Optional.of(ImportKeys.sysctl(String.join(".", path.subList(names, path.size()))));
  }

  private boolean isList(List<String> path, String name) {
    return path.equals(List.of("boot", name)) || (!isModule && path.equals(List.of(name)));
  }

  /** Whether a path, of which perhaps only the beginning is known, concerns the catalog. */
  private boolean concerns(List<String> whole) {
    List<String> path = withoutConfig(whole);
    String key = key(path);
    return path.isEmpty()
        || sysctl(path).isPresent()
        || path.equals(SYSCTL)
        || isList(path, "kernelParams")
        || isList(path, "blacklistedKernelModules")
        || whole.equals(CONFIG)
        || find(key).isPresent();
  }

  /** The names before a path that would concern the host if it stood at the top. */
  private Optional<String> nested(List<String> path) {
    for (int from = 1; from < path.size(); from++) {
      List<String> inner = path.subList(from, path.size());
      boolean concerns =
          (inner.size() > 3 && inner.subList(0, 3).equals(SYSCTL))
              || inner.equals(List.of("boot", "kernelParams"))
              || inner.equals(List.of("boot", "blacklistedKernelModules"))
              || (inner.size() > 1 && keys.find(key(inner)).isPresent());
      if (concerns) {
        return Optional.of(String.join(".", path.subList(0, from)));
      }
    }
    return Optional.empty();
  }

  private static List<String> withoutConfig(List<String> path) {
    return path.size() > 1 && path.get(0).equals("config") ? path.subList(1, path.size()) : path;
  }

  /** The names with dots between them; a name with a dot, as of an interface, is quoted. */
  private static String key(List<String> path) {
    return path.size() == 1
        ? path.get(0)
        : String.join(
            ".", path.stream().map(n -> n.contains(".") ? NixText.string(n) : n).toList());
  }

  private void elements(Binding binding, SettingKind kind) {
    if (binding.value() == null) {
      found.tell(new Note(binding.line(), kind.code(), "null leaves it out."));
      return;
    }
    for (String left : binding.leftOut()) {
      miss(Rank.NEAR, binding, left, "It is no literal; the other elements of the list are taken.");
    }
    List<SettingValue> items =
        binding.value() instanceof Items list ? list.items() : List.of(binding.value());
    if (kind == SettingKind.KERNEL_PARAM) {
      parameters(binding, new ImportParameters(keys, items));
      return;
    }
    Set<String> once = new HashSet<>();
    for (SettingValue item : items) {
      Optional<Setting> known = keys.element(kind, item.display());
      if (known.isEmpty()) {
        miss(Rank.OTHER, binding, item.display(), "The catalog has no such setting.");
      } else if (once.add(known.get().key())) {
        found.define(binding.line(), known.get(), binding.strength(), setting -> new Bool(true));
      }
    }
  }

  private void parameters(Binding binding, ImportParameters words) {
    for (String word : words.unknown()) {
      miss(Rank.OTHER, binding, word, "The catalog has no such setting.");
    }
    for (String word : words.forInit()) {
      miss(Rank.NEAR, binding, word, "It stands behind “--”: it is for init, not for the kernel.");
    }
    for (ImportParameters.Given given : words.given()) {
      if (given.differ()) {
        found.tell(new Note(binding.line(), shown(String.join(" ", given.words())), given.told()));
      }
      found.define(binding.line(), given.setting(), binding.strength(), setting -> given.value());
    }
  }

  private void unknown(Binding binding, String key) {
    boolean sysctl =
        sysctl(withoutConfig(binding.path())).isPresent() || binding.path().size() == 1;
    String hint =
        key.contains(GLOB)
            ? " Where conf.* stands for conf.all and conf.default, say so when you import."
            : "";
    Optional<String> near = keys.near(key);
    if (near.isPresent()) {
      miss(
          Rank.NEAR,
          binding,
          key,
          "The catalog has no such setting. Did you mean “" + near.get() + "”?" + hint);
    } else {
      miss(
          sysctl ? Rank.UNKNOWN : Rank.OTHER,
          binding,
          key,
          "The catalog has no such setting." + hint);
    }
    if (sysctl && binding.value() != null) {
      proposals.propose(
          binding.line(), key, sysctlText(binding.value()), near.isPresent(), binding.strength());
    }
  }

  private void miss(Rank rank, Binding binding, String key, String why) {
    found.miss(rank, new Note(binding.line(), shown(key), why));
  }

  private static String sysctlText(SettingValue value) {
    return value instanceof Bool bool ? (bool.value() ? "1" : "0") : value.display();
  }

  static String shown(String text) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= 120 ? plain : plain.substring(0, 120) + "…";
  }

  /**
   * NixOS takes a boolean for a sysctl and a text for a number; the catalog has one type for each.
   * sshd takes a duration with a unit where the catalog counts seconds.
   */
  private SettingValue typed(int line, Setting setting, SettingValue value) {
    if (setting.kind() == SettingKind.SYSCTL && value instanceof Bool bool) {
      return new Int(bool.value() ? 1 : 0);
    }
    if (!(value instanceof Text text) || setting.type() == ValueType.LINES) {
      return value;
    }
    Optional<Long> seconds = SshdTime.seconds(setting, text.value());
    if (seconds.isPresent()) {
      found.tell(
          new Note(
              line,
              setting.key(),
              "“" + text.value().strip() + "” is a time: read as " + seconds.get() + " seconds."));
      return new Int(seconds.get());
    }
    return ValueText.read(
        setting,
        setting.kind() == SettingKind.SYSCTL
            ? found.asTheKernel(line, setting, text.value())
            : text.value());
  }
}
