package dev.palisade.catalog.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.CombineRule;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.application.ReadCatalog;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings that the portal knows. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/catalog")
@Produces(MediaType.APPLICATION_JSON)
public class CatalogResource {

  /**
   * What is accepted as a value; empty lists and nulls mean: not bounded that way.
   *
   * @param on least and greatest number by architecture, where an architecture has its own
   */
  public record BoundsView(
      List<JsonNode> values,
      Map<String, String> labels,
      Long min,
      Long max,
      Integer size,
      Map<String, Setting.Range> on) {}

  /** A setting as the API shows one. */
  public record SettingView(
      String key,
      String kind,
      String type,
      String label,
      String family,
      BoundsView bounds,
      String unit,
      JsonNode kernelDefault,
      String kernelDefaultNote,
      String combine,
      String merge,
      String alias,
      boolean perNamespace,
      String severity,
      String noEffect,
      String description,
      String riskIfSet,
      String riskIfNotSet,
      List<String> breakage,
      List<String> provenance,
      List<Setting.Control> controls,
      List<String> facts) {

    static SettingView of(Setting s) {
      return new SettingView(
          s.key(),
          s.kind().code(),
          s.type().code(),
          s.label(),
          s.family(),
          new BoundsView(
              s.bounds().values().stream().map(SettingValue::toJson).toList(),
              s.bounds().labels(),
              s.bounds().min(),
              s.bounds().max(),
              s.bounds().size(),
              s.bounds().on().entrySet().stream()
                  .collect(Collectors.toMap(e -> e.getKey().code(), Map.Entry::getValue))),
          s.unit(),
          s.kernelDefault() == null ? null : s.kernelDefault().toJson(),
          s.kernelDefaultNote(),
          s.combine() == CombineRule.NONE ? null : s.combine().code(),
          s.merge().code(),
          s.alias(),
          s.perNamespace(),
          s.severity().name().toLowerCase(Locale.ROOT),
          s.noEffect(),
          s.description(),
          s.riskIfSet(),
          s.riskIfNotSet(),
          s.breakage(),
          s.references(),
          s.controls(),
          s.facts().stream().map(Setting.Fact::text).toList());
    }
  }

  @Inject private ReadCatalog catalog;

  @GET
  public Page<SettingView> search(@QueryParam("q") String query, @QueryParam("kind") String kind) {
    return Page.whole(catalog.search(query, kind).stream().map(SettingView::of).toList());
  }

  @GET
  @Path("/{key}")
  public SettingView setting(@PathParam("key") String key) {
    return SettingView.of(catalog.setting(key));
  }
}
