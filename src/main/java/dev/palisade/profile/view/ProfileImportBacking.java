package dev.palisade.profile.view;

import dev.palisade.core.DomainException;
import dev.palisade.profile.SettingsImport.Format;
import dev.palisade.profile.application.ImportSettings;
import dev.palisade.profile.application.ImportSettings.Result;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads an existing configuration into a draft, and shows what was not understood. */
@Named("profileImport")
@RequestScoped
public class ProfileImportBacking {

  @Inject private ImportSettings importSettings;

  private String slug;
  private Format format = Format.NIX;
  private boolean globsMeanBoth;
  private String text;
  private Result result;

  /** Reads the text; what is at fault in it stands beside it. */
  public void read() {
    try {
      result = importSettings.read(slug, format, text, globsMeanBoth);
    } catch (DomainException e) {
      FieldFaults.show(e, "import");
    }
  }

  /** The formats by their names. */
  public Map<String, Format> getFormats() {
    Map<String, Format> formats = new LinkedHashMap<>();
    formats.put("Nix", Format.NIX);
    formats.put("sysctl.conf", Format.SYSCTL);
    formats.put("JSON", Format.JSON);
    return formats;
  }

  /** Null until a text was read by this request. */
  public Result getResult() {
    return result;
  }

  public String getSlug() {
    return slug;
  }

  public void setSlug(String slug) {
    this.slug = slug;
  }

  public Format getFormat() {
    return format;
  }

  public void setFormat(Format format) {
    this.format = format;
  }

  public boolean isGlobsMeanBoth() {
    return globsMeanBoth;
  }

  public void setGlobsMeanBoth(boolean globsMeanBoth) {
    this.globsMeanBoth = globsMeanBoth;
  }

  public String getText() {
    return text;
  }

  public void setText(String text) {
    this.text = text;
  }
}
