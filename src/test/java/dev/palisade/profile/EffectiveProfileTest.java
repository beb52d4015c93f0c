package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.profile.EffectiveProfile.Missing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EffectiveProfileTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String SACK = "net.ipv4.tcp_sack";
  private static final String COOKIES = "net.ipv4.tcp_syncookies";
  private static final String PORTS = "networking.firewall.interfaces.${%s}.allowedTCPPorts";

  private final Map<String, ProfileVersion> stored = new HashMap<>();
  private final Profiles profiles = new Stored(stored);

  /** Versions by what people call them; nothing else is asked of a store here. */
  private record Stored(Map<String, ProfileVersion> versions) implements Profiles {
    @Override
    public List<Profile> all() {
      return versions.values().stream().map(ProfileVersion::getProfile).distinct().toList();
    }

    @Override
    public Optional<Profile> find(String slug) {
      return all().stream().filter(p -> p.getSlug().equals(slug)).findFirst();
    }

    @Override
    public Optional<Profile> findForChange(String slug) {
      return find(slug);
    }

    @Override
    public void add(Profile profile) {
      throw new AssertionError(profile);
    }

    @Override
    public List<ProfileVersion> versions(String slug) {
      return versions.values().stream().filter(v -> v.getProfile().getSlug().equals(slug)).toList();
    }

    @Override
    public List<VersionLine> lines() {
      throw new AssertionError("the lists of pages are not asked for");
    }

    @Override
    public Optional<ProfileVersion> version(String slug, int number) {
      return Optional.ofNullable(versions.get(slug + " v" + number));
    }

    @Override
    public Optional<ProfileVersion> versionForChange(String slug, int number) {
      return version(slug, number);
    }

    @Override
    public int nextNumber(Profile profile) {
      throw new AssertionError(profile);
    }

    @Override
    public void add(ProfileVersion version) {
      versions.put(version.describe(), version);
    }

    @Override
    public void flush() {}
  }

  private ProfileVersion version(String slug, int number, VersionContent content) {
    ProfileVersion version =
        new ProfileVersion(
            new Profile(slug, slug, "", ApprovalRule.USUAL, NOW), number, content, "author", NOW);
    profiles.add(version);
    return version;
  }

  private static VersionContent content(ProfileSetting... settings) {
    return new VersionContent(List.of(settings));
  }

  private static ProfileSetting set(String key, long value) {
    return new ProfileSetting(key, new Int(value));
  }

  private static ProfileSetting open(String parameter, long... ports) {
    List<SettingValue> items = new ArrayList<>();
    for (long port : ports) {
      items.add(new Int(port));
    }
    return new ProfileSetting(PORTS.formatted(parameter), new Items(items));
  }

  private static Parameter nic(String name) {
    return new Parameter(
        name, ParameterType.INTERFACE, null, null, List.of(), null, new Text("nic0"), null);
  }

  private EffectiveProfile effective(Map<String, String> supplied, ProfileVersion... versions) {
    return EffectiveProfile.of(
        Layers.of(List.of(versions), profiles), supplied, Missing.REFUSED, CATALOG);
  }

  private static String said(EffectiveProfile effective, String key) {
    return effective.settings().stream()
        .filter(s -> s.key().equals(key))
        .map(s -> s.value().display() + " by " + s.layer().describe())
        .findFirst()
        .orElse("nothing");
  }

  @Test
  void aWaiverTakesOutOrGivesAnotherValueAndWithoutItAllIsAsBefore() {
    ProfileVersion base = version("base", 1, content(set(SACK, 0), set(COOKIES, 1)));
    EffectiveProfile before = effective(Map.of(), base);
    EffectiveProfile waived =
        before.waivedBy(Map.of(SACK, Optional.empty(), COOKIES, Optional.of(new Int(2))));
    assertThat(said(waived, SACK)).isEqualTo("nothing");
    assertThat(said(waived, COOKIES)).isEqualTo("2 by base v1");
    assertThat(waived.waived())
        .extracting(w -> w.effect() + " " + w.describe())
        .containsExactly(
            "unmanaged " + SACK + " is left alone; base asks for 0",
            "value " + COOKIES + " = 2; base asks for 1");
    assertThat(before.waivedBy(Map.of())).isSameAs(before);
    assertThat(effective(Map.of(), base)).isEqualTo(before);
  }

  /** What waivers change and what they leave add up to what was asked for. */
  @Property(tries = 200)
  void whatIsWaivedAndWhatIsLeftAddUpToWhatWasAsked(@ForAll long seed) {
    Random random = new Random(seed);
    List<Setting> switches =
        CATALOG.settings().stream()
            .filter(s -> s.type() == ValueType.SWITCH && s.alias() == null)
            .toList();
    Map<String, SettingValue> asked = new TreeMap<>();
    Map<String, Optional<SettingValue>> waivers = new TreeMap<>();
    for (int i = 0; i < 12; i++) {
      String key = switches.get(random.nextInt(switches.size())).key();
      asked.put(key, new Int(random.nextInt(2)));
      if (random.nextBoolean()) {
        waivers.put(
            key, random.nextBoolean() ? Optional.empty() : Optional.of(new Int(random.nextInt(2))));
      }
    }
    List<ProfileSetting> settings = new ArrayList<>();
    asked.forEach((key, value) -> settings.add(new ProfileSetting(key, value)));
    EffectiveProfile before =
        EffectiveProfile.of(
            List.of(version("base", 1, new VersionContent(settings))),
            Map.of(),
            Missing.REFUSED,
            CATALOG);
    EffectiveProfile waived = before.waivedBy(waivers);
    Map<String, SettingValue> again = new TreeMap<>();
    waived.settings().forEach(s -> again.put(s.key(), s.value()));
    for (WaivedSetting one : waived.waived()) {
      assertThat(Optional.ofNullable(again.get(one.key()))).isEqualTo(waivers.get(one.key()));
      again.put(one.key(), one.asked());
    }
    assertThat(again).isEqualTo(asked);
    assertThat(waived.waivedBy(waivers).settings()).isEqualTo(waived.settings());
  }

  @Test
  void noWaiverChangesWhatIsMandatory() {
    ProfileVersion base =
        version("base", 1, content(new ProfileSetting(SACK, new Int(0), null, true)));
    EffectiveProfile effective = effective(Map.of(), base);
    for (Optional<SettingValue> instead :
        List.of(Optional.<SettingValue>empty(), Optional.<SettingValue>of(new Int(1)))) {
      assertThatThrownBy(() -> effective.waivedBy(Map.of(SACK, instead)))
          .isInstanceOf(DomainException.class)
          .hasMessageContaining("base v1 makes " + SACK + " mandatory");
    }
    assertThat(effective.waivedBy(Map.of(SACK, Optional.of(new Int(0))))).isEqualTo(effective);
  }

  @Test
  void whatLiesOverWinsAndEachValueTellsItsLayer() {
    ProfileVersion base = version("base", 1, content(set(SACK, 0), set(COOKIES, 1)));
    ProfileVersion top = version("top", 1, content(set(SACK, 1)).over(VersionRef.of(base)));
    EffectiveProfile effective = effective(Map.of(), top);
    assertThat(said(effective, SACK)).isEqualTo("1 by top v1");
    assertThat(said(effective, COOKIES)).isEqualTo("1 by base v1");
    assertThat(effective.layers()).containsExactly(VersionRef.of(base), VersionRef.of(top));
  }

  @Test
  void aLayerThatTwoProfilesShareLiesWhereItFirstLies() {
    ProfileVersion base = version("base", 1, content(set(SACK, 0), set(COOKIES, 0)));
    ProfileVersion one = version("one", 1, content(set(SACK, 1)).over(VersionRef.of(base)));
    ProfileVersion two = version("two", 1, content(set(COOKIES, 1)).over(VersionRef.of(base)));
    EffectiveProfile effective = effective(Map.of(), one, two);
    assertThat(said(effective, SACK)).isEqualTo("1 by one v1");
    assertThat(said(effective, COOKIES)).isEqualTo("1 by two v1");
    assertThat(said(effective(Map.of(), base, one), SACK)).isEqualTo("1 by one v1");
  }

  @Test
  void aProfileLiesUnderItselfNowhere() {
    ProfileVersion first = version("a", 1, content(set(SACK, 0)));
    ProfileVersion b = version("b", 1, content(set(COOKIES, 0)).over(VersionRef.of(first)));
    ProfileVersion second = version("a", 2, content(set(SACK, 1)).over(VersionRef.of(b)));
    assertThatThrownBy(() -> Layers.of(second, profiles))
        .hasMessage("A profile cannot lie under itself: a v2 → b v1 → a v1.");
  }

  @Test
  void oneProfileComesInOneVersionOnly() {
    ProfileVersion k1 = version("k", 1, content(set(SACK, 0)));
    ProfileVersion k2 = version("k", 2, content(set(SACK, 1)));
    ProfileVersion a = version("a", 1, content(set(COOKIES, 1)).over(VersionRef.of(k1)));
    assertThatThrownBy(() -> effective(Map.of(), a, k2))
        .hasMessage("k would come in two versions: a v1 → k v1, and k v2.");
  }

  @Test
  void whatWasExtendedKeepsItsDigest() {
    version("k", 1, content(set(SACK, 0)));
    VersionRef other = new VersionRef("k", 1, Digest.of("other"));
    ProfileVersion a = version("a", 1, content(set(COOKIES, 1)).over(other));
    assertThatThrownBy(() -> Layers.of(a, profiles)).hasMessageContaining("other content");
  }

  @Test
  void aMissingValueIsNamedAndAnExampleOnlyShown() {
    ProfileVersion wan =
        version("wan", 1, content(open("mgmt", 22)).withParameters(List.of(nic("mgmt"))));
    assertThatThrownBy(() -> effective(Map.of("lan", "eth0"), wan))
        .hasMessageContaining("The parameter mgmt of wan v1 has no value");
    assertThatThrownBy(() -> effective(Map.of("mgmt", "not an interface"), wan))
        .hasMessageContaining("takes the name of a network interface");
    EffectiveProfile shown = EffectiveProfile.of(List.of(wan), Map.of(), Missing.SHOWN, CATALOG);
    assertThat(shown.missing()).containsExactly("mgmt");
    assertThat(said(shown, "networking.firewall.interfaces.nic0.allowedTCPPorts"))
        .isEqualTo("22 by wan v1");
  }

  @Test
  void aDottedInterfaceStandsQuotedInAPathAndWithASlashInASysctl() {
    DeclaredType perInterface =
        new DeclaredType(
            SettingKind.SYSCTL, ValueType.SWITCH, null, null, List.of(), null, MergeKind.SCALAR);
    ProfileVersion wan =
        version(
            "wan",
            1,
            content(
                    open("mgmt", 22),
                    new ProfileSetting(
                        "net.ipv4.conf.${mgmt}.rp_filter", new Int(1), null, false, perInterface))
                .withParameters(List.of(nic("mgmt"))));
    assertThat(effective(Map.of("mgmt", "eth0.100"), wan).settings())
        .extracting(EffectiveSetting::key)
        .containsExactly(
            "net.ipv4.conf.eth0/100.rp_filter",
            "networking.firewall.interfaces.\"eth0.100\".allowedTCPPorts");
  }

  @Test
  void twoParametersMayNameOneInterfaceWhereListsMerge() {
    ProfileVersion wan =
        version(
            "wan",
            1,
            content(open("lan", 53, 80), open("mgmt", 22, 80))
                .withParameters(List.of(nic("lan"), nic("mgmt"))));
    EffectiveProfile effective = effective(Map.of("lan", "eth0", "mgmt", "eth0"), wan);
    assertThat(said(effective, "networking.firewall.interfaces.eth0.allowedTCPPorts"))
        .isEqualTo("53 80 22 by wan v1");
    assertThat(effective.settings().get(0).parameters()).containsExactly("lan", "mgmt");
  }

  @Test
  void contradictionsAreRefusedWithWhoSaysWhat() {
    ProfileVersion one = version("one", 1, content(set("net.ipv4.ip_forward", 1)));
    ProfileVersion two = version("two", 1, content(set("net.ipv4.conf.all.forwarding", 0)));
    assertThatThrownBy(() -> effective(Map.of(), one, two))
        .hasMessageContaining("net.ipv4.ip_forward = 1 of one v1")
        .hasMessageContaining("net.ipv4.conf.all.forwarding = 0 of two v1")
        .hasMessageContaining("names of one key");
    DeclaredType text =
        new DeclaredType(
            SettingKind.NIXOS_OPTION,
            ValueType.TEXT,
            null,
            null,
            List.of(),
            null,
            MergeKind.SCALAR);
    ProfileVersion outer =
        version(
            "outer",
            1,
            content(new ProfileSetting("networking.firewall", new Text("x"), null, false, text)));
    ProfileVersion inner =
        version(
            "inner",
            1,
            content(new ProfileSetting("networking.firewall.enable", new SettingValue.Bool(true))));
    assertThatThrownBy(() -> effective(Map.of(), inner, outer))
        .hasMessageContaining("networking.firewall = x of outer v1 is a value");
  }

  @Test
  void oneParameterHasOneMeaning() {
    Parameter port =
        new Parameter("mgmt", ParameterType.PORT, 1L, 100L, List.of(), null, null, null);
    ProfileVersion one =
        version("one", 1, content(open("mgmt", 22)).withParameters(List.of(nic("mgmt"))));
    ProfileVersion two = version("two", 1, content(set(SACK, 1)).withParameters(List.of(port)));
    assertThatThrownBy(() -> effective(Map.of("mgmt", "22"), one, two))
        .hasMessage("one v1 and two v1 declare the parameter mgmt differently.");
  }

  @Test
  void whatIsMandatoryBelowIsNotOverridden() {
    ProfileVersion base =
        version("base", 1, content(new ProfileSetting(SACK, new Int(1), null, true)));
    ProfileVersion top = version("top", 1, content(set(SACK, 0)).over(VersionRef.of(base)));
    assertThatThrownBy(() -> effective(Map.of(), top))
        .hasMessage("top v1 overrides " + SACK + ", which base v1 makes mandatory.");
  }

  /** Settings, parameters and rows may come from the store in any order. */
  @Property(tries = 100)
  void doesNotDependOnTheOrderOfStorage(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> keys =
        new ArrayList<>(List.of(SACK, COOKIES, "net.ipv4.tcp_dsack", "net.ipv4.tcp_rfc1337"));
    List<VersionContent> contents = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<ProfileSetting> settings = new ArrayList<>();
      for (String key : keys) {
        if (random.nextBoolean()) {
          settings.add(set(key, random.nextInt(2)));
        }
      }
      contents.add(new VersionContent(settings).withParameters(List.of(nic("b"), nic("a"))));
    }
    assertThat(laid(contents, keys, random)).isEqualTo(laid(contents, keys, new Random(0)));
  }

  private String laid(List<VersionContent> contents, List<String> keys, Random random) {
    stored.clear();
    List<ProfileVersion> chain = new ArrayList<>();
    VersionRef below = null;
    for (int i = 0; i < contents.size(); i++) {
      List<ProfileSetting> settings = new ArrayList<>(contents.get(i).settings());
      Collections.shuffle(settings, random);
      List<Parameter> parameters = new ArrayList<>(contents.get(i).parameters());
      Collections.shuffle(parameters, random);
      chain.add(version("p" + i, 1, new VersionContent(settings, parameters, below)));
      below = VersionRef.of(chain.get(i));
    }
    EffectiveProfile effective = effective(Map.of("a", "x", "b", "y"), chain.get(chain.size() - 1));
    return keys.stream().map(key -> said(effective, key)).toList() + " " + effective.layers();
  }
}
