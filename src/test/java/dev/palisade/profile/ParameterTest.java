package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import java.util.Arrays;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private static VersionContent parameters(String json, VersionContent content) throws Exception {
    return ParametersCheck.check(
        CATALOG, Arrays.asList(JSON.readValue(json, ParametersCheck.Entry[].class)), content);
  }

  private static VersionContent settings(String json, VersionContent content) throws Exception {
    return SettingsCheck.check(
        CATALOG, Arrays.asList(JSON.readValue(json, SettingsCheck.Entry[].class)), content);
  }

  private static Parameter one(String json) throws Exception {
    return parameters("[" + json + "]", VersionContent.EMPTY).parameters().get(0);
  }

  @ParameterizedTest(name = "{0} takes {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'p','type':'interface'} | enp3s0 | true",
        "{'name':'p','type':'interface'} | enp3s0.100 | true",
        "{'name':'p','type':'interface'} | all | false",
        "{'name':'p','type':'interface'} | sixteen-letters-x | false",
        "{'name':'p','type':'interface'} | eth0 eth1 | false",
        "{'name':'p','type':'interface'} | ../x | false",
        "{'name':'p','type':'port'} | 22 | true",
        "{'name':'p','type':'port'} | 0 | false",
        "{'name':'p','type':'port'} | 65536 | false",
        "{'name':'p','type':'port','min':1024} | 22 | false",
        "{'name':'p','type':'port'} | 0x16 | false",
        "{'name':'p','type':'address'} | 192.0.2.1 | true",
        "{'name':'p','type':'address'} | 192.0.2.0/24 | true",
        "{'name':'p','type':'address'} | 192.0.2.256 | false",
        "{'name':'p','type':'address'} | 2001:db8::1 | true",
        "{'name':'p','type':'address'} | 2001:db8::/32 | true",
        "{'name':'p','type':'address'} | 2001:db8::/129 | false",
        "{'name':'p','type':'address'} | 1:2:3 | false",
        "{'name':'p','type':'address'} | localhost | false",
        "{'name':'p','type':'boolean'} | true | true",
        "{'name':'p','type':'boolean'} | yes | false",
        "{'name':'p','type':'integer','min':-1,'max':5} | -1 | true",
        "{'name':'p','type':'integer','min':-1,'max':5} | 6 | false",
        "{'name':'p','type':'integer'} | 99999999999999999999 | false",
        "{'name':'p','type':'choice','choices':['fq','cake']} | cake | true",
        "{'name':'p','type':'choice','choices':['fq','cake']} | pfifo | false",
        "{'name':'p','type':'choice','choices':[1,2]} | 2 | true",
      })
  void takesWhatItsTypeAndBoundsAllow(String json, String text, boolean accepted) throws Exception {
    assertThat(one(json.replace('\'', '"')).of(text).isPresent()).isEqualTo(accepted);
  }

  @Test
  void theDefaultCountsOnlyWhereNothingIsSupplied() throws Exception {
    Parameter parameter = one("{\"name\":\"p\",\"type\":\"port\",\"default\":22}");
    assertThat(parameter.of(null)).hasValue(new SettingValue.Int(22));
    assertThat(parameter.of("x")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'P','type':'port'} | /0/name",
        "{'type':'port'} | /0/name",
        "{'name':'p','type':'path'} | /0/type",
        "{'name':'p','type':'interface','min':1} | /0/min",
        "{'name':'p','type':'port','max':70000} | /0/max",
        "{'name':'p','type':'integer','min':3,'max':2} | /0/min",
        "{'name':'p','type':'choice'} | /0/choices",
        "{'name':'p','type':'port','choices':[1]} | /0/choices",
        "{'name':'p','type':'choice','choices':['a','a']} | /0/choices",
        "{'name':'p','type':'choice','choices':['${x}']} | /0/choices",
        "{'name':'p','type':'choice','choices':[[1]]} | /0/choices",
        "{'name':'p','type':'port','default':'ssh'} | /0/default",
        "{'name':'p','type':'choice','choices':['a'],'example':'b'} | /0/example",
      })
  void aFaultyDeclarationIsNamed(String json, String pointer) {
    assertThatThrownBy(() -> one(json.replace('\'', '"')))
        .asInstanceOf(InstanceOfAssertFactories.type(DomainException.class))
        .extracting(DomainException::faults, InstanceOfAssertFactories.list(Fault.class))
        .extracting(Fault::pointer)
        .containsExactly(pointer);
  }

  @ParameterizedTest(name = "{1} in {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'p','type':'integer','min':0,'max':2} | 'key':'net.ipv4.conf.all.rp_filter','value':'${p}' | ok",
        "{'name':'p','type':'integer','min':0,'max':3} | 'key':'net.ipv4.conf.all.rp_filter','value':'${p}' | With p = 3",
        "{'name':'p','type':'integer','min':0,'max':1000} | 'key':'net.ipv4.conf.all.rp_filter','value':'${p}' | make “p” a choice",
        "{'name':'p','type':'boolean'} | 'key':'net.ipv4.tcp_sack','value':'${p}' | ok",
        "{'name':'p','type':'boolean'} | 'key':'networking.firewall.allowPing','value':'${p}' | ok",
        "{'name':'p','type':'port'} | 'key':'networking.firewall.allowPing','value':'${p}' | With p = 1",
        "{'name':'p','type':'port'} | 'key':'networking.firewall.allowedTCPPorts','value':[80,'${p}'] | ok",
        "{'name':'p','type':'choice','choices':['fq','cake']} | 'key':'net.core.default_qdisc','value':'${p}' | ok",
        "{'name':'p','type':'integer','min':0,'max':9999999999} | 'key':'net.core.rmem_max','value':'${p}' | With p",
        "{'name':'p','type':'interface'} | 'key':'networking.firewall.interfaces.${p}.allowedTCPPorts','value':[22] | ok",
        "{'name':'p','type':'port'} | 'key':'networking.firewall.interfaces.${p}.allowedTCPPorts','value':[22] | names an interface",
        "{'name':'p','type':'interface'} | 'key':'networking.firewall.interfaces.${q}.allowedTCPPorts','value':[22] | no parameter “q”",
        "{'name':'p','type':'interface'} | 'key':'networking.firewall.interfaces.<if>.allowedTCPPorts','value':[22] | stands for one interface",
        "{'name':'p','type':'interface'} | 'key':'networking.firewall.interfaces.eth0.allowedTCPPorts','value':[22] | ok",
        "{'name':'p','type':'interface'} | 'key':'networking.firewall.interfaces.a.b.allowedTCPPorts','value':[22] | no setting",
        "{'name':'p','type':'port'} | 'key':'net.ipv4.tcp_sack','value':'${q}' | no parameter “q”",
        "{'name':'p','type':'port'} | 'key':'net.ipv4.tcp_congestion_control','value':'${builtins.readFile \"/etc/passwd\"}' | ok",
      })
  void everyValueOfAParameterFitsTheSetting(String parameter, String setting, String expected)
      throws Exception {
    VersionContent declared =
        parameters("[" + parameter.replace('\'', '"') + "]", VersionContent.EMPTY);
    String json = "[{" + setting.replace("\"", "\\\"").replace('\'', '"') + "}]";
    if (expected.equals("ok")) {
      assertThat(settings(json, declared).settings()).hasSize(1);
    } else {
      assertThatThrownBy(() -> settings(json, declared))
          .asInstanceOf(InstanceOfAssertFactories.type(DomainException.class))
          .extracting(e -> e.faults().get(0).detail(), InstanceOfAssertFactories.STRING)
          .contains(expected);
    }
  }

  @Test
  void aParameterInUseIsNotTakenAwayAndNotWidenedBeyondItsSetting() throws Exception {
    VersionContent content =
        settings(
            "[{\"key\":\"net.ipv4.conf.all.rp_filter\",\"value\":\"${p}\"}]",
            parameters(
                "[{\"name\":\"p\",\"type\":\"integer\",\"min\":1,\"max\":2}]",
                VersionContent.EMPTY));
    assertThatThrownBy(() -> parameters("[]", content))
        .asInstanceOf(InstanceOfAssertFactories.type(DomainException.class))
        .extracting(DomainException::faults, InstanceOfAssertFactories.list(Fault.class))
        .containsExactly(
            new Fault(
                "", "net.ipv4.conf.all.rp_filter: There is no parameter “p”. Declare it first."));
    assertThatThrownBy(
            () ->
                parameters("[{\"name\":\"p\",\"type\":\"integer\",\"min\":1,\"max\":7}]", content))
        .asInstanceOf(InstanceOfAssertFactories.type(DomainException.class))
        .extracting(e -> e.faults().get(0).pointer())
        .isEqualTo("/0");
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'p','type':'integer','min':0,'max':2,'default':1} | 'key':'net.ipv4.conf.*.rp_filter','value':'${p}' | true | 0 off is weaker than 1 strict",
        "{'name':'p','type':'integer','min':1,'max':1} | 'key':'net.ipv4.conf.*.rp_filter','value':'${p}' | false | No value",
        "{'name':'p','type':'boolean','default':false} | 'key':'net.ipv4.conf.all.log_martians','value':'${p}' | false | No value",
        "{'name':'p','type':'boolean','example':false} | 'key':'net.ipv4.conf.all.log_martians','value':'${p}' | true | 0 off is weaker than 1 on",
        "{'name':'p','type':'port','default':22} | 'key':'networking.firewall.allowedTCPPorts','value':['${p}'] | true | does not rank",
        "{'name':'p','type':'interface'} | 'key':'networking.firewall.interfaces.${p}.allowedTCPPorts','value':[22] | true | whichever interface the operator names: 22",
        "{'name':'p','type':'interface'} | 'key':'networking.firewall.interfaces.${p}.allowedTCPPorts','value':[] | false | whichever interface",
        "{'name':'p','type':'choice','choices':['fq','cake']} | 'key':'net.core.default_qdisc','value':'${p}' | false | No value",
      })
  void saysWhetherAnOperatorCanWeakenASetting(
      String parameter, String setting, boolean weakens, String why) throws Exception {
    VersionContent content =
        settings(
            "[{" + setting.replace('\'', '"') + "}]",
            parameters("[" + parameter.replace('\'', '"') + "]", VersionContent.EMPTY));
    Leeway leeway = Leeway.of(content.parameters().get(0), content, CATALOG).get(0);
    assertThat(leeway.weakens()).isEqualTo(weakens);
    assertThat(leeway.why()).contains(why);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'key':'net.ipv4.tcp_shiny','value':3,'declared':{'kind':'sysctl','type':'int','min':0,'max':5} | ok",
        "'key':'net.ipv4.tcp_shiny','value':6,'declared':{'kind':'sysctl','type':'int','min':0,'max':5} | from 0 to 5",
        "'key':'net.ipv4.conf.eth0/100.rp_filter','value':1,'declared':{'kind':'sysctl','type':'bool-int'} | ok",
        "'key':'services.web.ports','value':[80],'declared':{'kind':'nixos-option','type':'port-list'} | ok",
        "'key':'services.web.mode','value':'b','declared':{'kind':'nixos-option','type':'enum','values':['a']} | one of a",
        "'key':'services.web.mode','value':'a','declared':{'kind':'nixos-option','type':'lines'} | A type is one of",
        "'key':'net.ipv4.tcp_shiny','value':3 | Declare what it is",
        "'key':'net.ipv4.tcp_sack','value':1,'declared':{'kind':'sysctl','type':'int'} | The catalog has this setting",
        "'key':'net.ipv6.conf.eth0.stable_secret','value':'x','declared':{'kind':'sysctl','type':'string'} | key material",
        "'key':'kernel.x = 1\\nkernel.y','value':3,'declared':{'kind':'sysctl','type':'int'} | looks like net.ipv4",
        "'key':'boot.kernel.sysctl.x','value':3,'declared':{'kind':'nixos-option','type':'int'} | not an option",
        "'key':'imports.x','value':'/etc/x','declared':{'kind':'nixos-option','type':'string'} | not an option",
        "'key':'services.\\\"a b\\\".x','value':3,'declared':{'kind':'nixos-option','type':'int'} | looks like services",
        "'key':'services.web.port','value':3,'declared':{'kind':'nixos-option','type':'int','min':5,'max':4} | greater than",
        "'key':'services.web.port','value':3,'declared':{'kind':'nixos-option','type':'int','merge':'add'} | Only lists",
      })
  void whatTheCatalogLacksIsDeclared(String setting, String expected) throws Exception {
    String json = "[{" + setting.replace('\'', '"') + "}]";
    if (expected.equals("ok")) {
      VersionContent content = settings(json, VersionContent.EMPTY);
      assertThat(VersionContent.read(content.canonical())).isEqualTo(content);
    } else {
      assertThatThrownBy(() -> settings(json, VersionContent.EMPTY))
          .asInstanceOf(InstanceOfAssertFactories.type(DomainException.class))
          .extracting(e -> e.faults().get(0).detail(), InstanceOfAssertFactories.STRING)
          .contains(expected);
    }
  }

  @Test
  void everyMemberOfADeclarationThatIsAtFaultIsNamed() {
    assertThatThrownBy(
            () ->
                settings(
                    "[{\"key\":\"one\",\"value\":1.5,\"reason\":\"\\u0000\",\"declared\":"
                        + "{\"kind\":\"nixos-option\",\"type\":\"int\",\"min\":5,\"max\":4,"
                        + "\"size\":3,\"values\":[1],\"merge\":\"add\"}}]",
                    VersionContent.EMPTY))
        .asInstanceOf(InstanceOfAssertFactories.type(DomainException.class))
        .extracting(DomainException::faults, InstanceOfAssertFactories.list(Fault.class))
        .extracting(Fault::pointer)
        .containsExactlyInAnyOrder(
            "/0/key",
            "/0/value",
            "/0/reason",
            "/0/declared/min",
            "/0/declared/size",
            "/0/declared/values",
            "/0/declared/merge");
  }

  @ParameterizedTest
  @CsvSource({"9007199254740992", "-9007199254740992", "9223372036854775807", "1e999"})
  void aNumberThatCanonicalJsonCannotHoldIsRefused(String number) {
    assertThatThrownBy(
            () ->
                settings(
                    "[{\"key\":\"net.core.bpf_jit_limit\",\"value\":" + number + "}]",
                    VersionContent.EMPTY))
        .isInstanceOf(DomainException.class);
    assertThatThrownBy(
            () ->
                settings(
                    "[{\"key\":\"kernel.x\",\"value\":1,\"declared\":{\"kind\":\"sysctl\","
                        + "\"type\":\"int\",\"min\":-9007199254740992,\"max\":9007199254740992}}]",
                    VersionContent.EMPTY))
        .isInstanceOf(DomainException.class);
    assertThatThrownBy(
            () ->
                parameters(
                    "[{\"name\":\"p\",\"type\":\"integer\",\"max\":9007199254740992}]",
                    VersionContent.EMPTY))
        .isInstanceOf(DomainException.class);
  }

  @Test
  void aSettingMayBeMandatory() throws Exception {
    VersionContent content =
        settings(
            "[{\"key\":\"kernel.sysrq\",\"value\":0,\"mandatory\":true},"
                + "{\"key\":\"net.ipv4.tcp_sack\",\"value\":1}]",
            VersionContent.EMPTY);
    assertThat(content.settings())
        .extracting(ProfileSetting::mandatory)
        .containsExactly(true, false);
  }

  @Test
  void aVersionInJsonComesBackWithItsDigest() throws Exception {
    VersionContent content =
        settings(
            """
            [{"key":"networking.firewall.interfaces.${mgmt}.allowedTCPPorts","value":["${ssh}"]},
             {"key":"services.web.ports","value":[80],"declared":{"kind":"nixos-option","type":"port-list","merge":"whole"}},
             {"key":"net.ipv4.tcp_shiny","value":[1,2],"declared":{"kind":"sysctl","type":"int-vector","size":2}}]
            """,
            parameters(
                """
                [{"name":"ssh","type":"port","min":22,"max":2222,"default":22,"description":"where sshd listens"},
                 {"name":"mgmt","type":"interface","example":"mgmt0"}]
                """,
                VersionContent.EMPTY));
    assertThat(
            SettingsImport.read(SettingsImport.Format.JSON, content.canonical(), false, CATALOG)
                .content()
                .digest())
        .isEqualTo(content.digest());
    assertThat(content.parameters()).extracting(Parameter::name).containsExactly("mgmt", "ssh");
  }
}
