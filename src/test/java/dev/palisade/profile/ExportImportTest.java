package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.ListenAddress;
import dev.palisade.catalog.SettingValue.PortRange;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.core.Digest;
import dev.palisade.profile.SettingsImport.Format;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExportImportTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What a version may declare itself, and what may stand in for each kind of value. */
  private static final List<String> OWN =
      List.of(
          "{'key':'networking.firewall.interfaces.${mgmt}.allowedTCPPorts','value':['${ssh}',443]}",
          "{'key':'networking.firewall.interfaces.\\\"eth0.100\\\".allowedUDPPorts','value':[53]}",
          "{'key':'net.ipv4.conf.all.rp_filter','value':'${filter}'}",
          "{'key':'networking.firewall.allowPing','value':'${ping}'}",
          "{'key':'net.core.default_qdisc','value':'${qdisc}'}",
          "{'key':'net.ipv4.tcp_shiny','value':3,'declared':{'kind':'sysctl','type':'int','max':5}}",
          "{'key':'net.ipv4.conf.eth0/100.x','value':1,'declared':{'kind':'sysctl','type':'bool-int'}}",
          "{'key':'net.ipv4.conf.${mgmt}.y','value':2,'declared':{'kind':'sysctl','type':'enum-int','values':[1,2]}}",
          "{'key':'net.ipv4.tcp_three','value':[1,2,3],'declared':{'kind':'sysctl','type':'int-vector','size':3}}",
          "{'key':'kernel.word','value':'a','declared':{'kind':'sysctl','type':'enum','values':['a','“b”']}}",
          "{'key':'services.web.ports','value':['${ssh}'],'declared':{'kind':'nixos-option','type':'port-list'}}",
          "{'key':'services.web.names','value':['a','b c'],'declared':{'kind':'nixos-option','type':'string-list','merge':'whole'}}",
          "{'key':'services.web.root','value':'/srv','declared':{'kind':'nixos-option','type':'string'}}",
          "{'key':'services.web.on','value':false,'declared':{'kind':'nixos-option','type':'bool'}}");

  private static final List<String> PARAMETERS =
      List.of(
          "{'name':'mgmt','type':'interface','example':'mgmt0'}",
          "{'name':'ssh','type':'port','min':22,'max':2222,'default':22}",
          "{'name':'filter','type':'integer','min':0,'max':2}",
          "{'name':'ping','type':'boolean','default':false}",
          "{'name':'qdisc','type':'choice','choices':['fq','cake'],'example':'fq'}");

  @Property(tries = 150)
  void whatIsExportedComesBackWithItsDigest(@ForAll("contents") VersionContent content) {
    VersionContent again =
        SettingsImport.read(Format.JSON, content.canonical(), false, CATALOG).content();
    assertThat(again).isEqualTo(content);
    assertThat(again.digest()).isEqualTo(content.digest());
  }

  @Provide
  Arbitrary<VersionContent> contents() {
    Arbitrary<List<SettingsCheck.Entry>> known = known().list().ofMaxSize(12);
    Arbitrary<List<SettingsCheck.Entry>> own =
        Arbitraries.of(OWN).map(ExportImportTest::entry).list().ofMaxSize(6);
    return Combinators.combine(known, own, words(), Arbitraries.of(true, false), bases())
        .as(
            (some, more, reason, mandatory, base) -> {
              List<SettingsCheck.Entry> entries = new ArrayList<>();
              List<String> keys = new ArrayList<>();
              for (SettingsCheck.Entry e : more) {
                if (!keys.contains(e.key())) {
                  keys.add(e.key());
                  entries.add(
                      new SettingsCheck.Entry(e.key(), e.value(), reason, mandatory, e.declared()));
                }
              }
              some.stream()
                  .filter(e -> !keys.contains(e.key()))
                  .filter(e -> keys.add(e.key()))
                  .forEach(entries::add);
              return SettingsCheck.check(CATALOG, entries, supplied(reason)).over(base);
            });
  }

  private static VersionContent supplied(String description) {
    List<ParametersCheck.Entry> entries =
        PARAMETERS.stream()
            .map(text -> read(text, ParametersCheck.Entry.class))
            .map(
                e ->
                    new ParametersCheck.Entry(
                        e.name(),
                        e.type(),
                        e.min(),
                        e.max(),
                        e.choices(),
                        e.standard(),
                        e.example(),
                        description))
            .toList();
    return ParametersCheck.check(CATALOG, entries, VersionContent.EMPTY);
  }

  private static Arbitrary<SettingsCheck.Entry> known() {
    return Combinators.combine(
            Arbitraries.of(
                CATALOG.settings().stream().filter(s -> !s.isForEachInterface()).toList()),
            words(),
            Arbitraries.of(true, false))
        .as(
            (setting, reason, mandatory) ->
                new SettingsCheck.Entry(
                    setting.key(), value(setting).toJson(), reason, mandatory, null));
  }

  /** Text of every kind that a form takes, or none. */
  private static Arbitrary<String> words() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars("“”\n\t\u202eé漢 ${}#{7*7}<script>\\\"")
        .ofMaxLength(40)
        .injectNull(0.3);
  }

  private static Arbitrary<VersionRef> bases() {
    return Arbitraries.integers()
        .between(1, 9)
        .map(n -> new VersionRef("base", n, Digest.of("base " + n)))
        .injectNull(0.5);
  }

  private static SettingValue value(Setting setting) {
    if (setting.kernelDefault() != null) {
      return setting.kernelDefault();
    }
    return switch (setting.type()) {
      case SWITCH -> new Int(1);
      case INT, BITMASK -> new Int(Math.min(setting.bounds().max(), SettingValue.MOST));
      case CHOICE, CHOICE_INT -> setting.bounds().values().get(0);
      case BOOL, FLAG -> new Bool(true);
      case TEXT -> new Text("wörd");
      case LINES -> new Text("one\n\ttwo");
      case INT_VECTOR -> new Items(Collections.nCopies(setting.bounds().size(), new Int(7)));
      case TEXT_LIST -> new Items(List.of(new Text("a"), new Text("${b")));
      case PORT_LIST -> new Items(List.of(new Int(443), new Int(22)));
      case PORT_RANGE_LIST -> new Items(List.of(new PortRange(8000, 8010)));
      case LISTEN_ADDRESS_LIST ->
          new Items(List.of(new ListenAddress("10.0.0.5", null), new ListenAddress("::1", 2222)));
    };
  }

  private static SettingsCheck.Entry entry(String text) {
    return read(text, SettingsCheck.Entry.class);
  }

  private static <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text.replace('\'', '"'), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
