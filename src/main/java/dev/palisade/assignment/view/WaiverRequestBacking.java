package dev.palisade.assignment.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palisade.assignment.Waiver;
import dev.palisade.assignment.WaiverCheck.Asked;
import dev.palisade.assignment.WaiverEffect;
import dev.palisade.assignment.application.AskForWaiver;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueText;
import dev.palisade.shell.view.PageFlow;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The form that asks for a waiver, filled in by a finding as far as that goes. */
@Named("waiverRequest")
@RequestScoped
public class WaiverRequestBacking {

  private static final int USUAL_DAYS = 30;

  @Inject private AskForWaiver askForWaiver;
  @Inject private Catalog catalog;
  @Inject private Clock clock;

  private String host;
  private String group;
  private String key;
  private String effect = WaiverEffect.ACCEPT.code();
  private String value;
  private String reason;
  private int days = USUAL_DAYS;

  public void ask() {
    Waiver waiver =
        askForWaiver.ask(
            given(host),
            given(group),
            new Asked(
                given(key),
                effect,
                given(value) == null ? null : typed(),
                reason,
                clock.instant().plus(Duration.ofDays(days))));
    PageFlow.done(
        "/assignment/waiver?id=" + waiver.getId(),
        "The waiver is asked for. It does nothing until an approver agrees.");
  }

  /** As the setting's type reads it; a text where the catalog does not know the setting. */
  private JsonNode typed() {
    Optional<Setting> setting = given(key) == null ? Optional.empty() : catalog.find(given(key));
    return setting
        .map(known -> ValueText.read(known, value))
        .map(SettingValue::toJson)
        .orElseGet(() -> TextNode.valueOf(value.strip()));
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  public List<WaiverEffect> getEffects() {
    return List.of(WaiverEffect.values());
  }

  public String getHost() {
    return host;
  }

  public void setHost(String host) {
    this.host = host;
  }

  public String getGroup() {
    return group;
  }

  public void setGroup(String group) {
    this.group = group;
  }

  public String getKey() {
    return key;
  }

  public void setKey(String key) {
    this.key = key;
  }

  public String getEffect() {
    return effect;
  }

  public void setEffect(String effect) {
    this.effect = effect;
  }

  public String getValue() {
    return value;
  }

  public void setValue(String value) {
    this.value = value;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }

  public int getDays() {
    return days;
  }

  public void setDays(int days) {
    this.days = days;
  }
}
