package dev.palisade.profile.view;

import dev.palisade.core.DomainException;
import dev.palisade.profile.ImportMode;
import dev.palisade.profile.SettingsImport;
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
  private String format = "auto";
  private String mode;
  private boolean declare;
  private boolean globsMeanBoth;
  private String text;
  private Result result;

  /** Reads the text; what is at fault in it stands beside it. */
  public void read() {
    try {
      result =
          importSettings.read(
              slug,
              new SettingsImport.Options(
                  "auto".equals(format) ? null : Format.valueOf(format), globsMeanBoth, declare),
              text,
              mode == null || mode.isEmpty() ? null : ImportMode.of(mode));
    } catch (DomainException e) {
      FieldFaults.show(e, "import");
    }
  }

  /** The formats by their names. */
  public Map<String, String> getFormats() {
    Map<String, String> formats = new LinkedHashMap<>();
    formats.put("Recognise it", "auto");
    formats.put("Nix", Format.NIX.name());
    formats.put("sysctl.conf", Format.SYSCTL.name());
    formats.put("JSON", Format.JSON.name());
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

  /** {@code merge}, {@code replace}, or empty where nothing was chosen. */
  public String getMode() {
    return mode;
  }

  public void setMode(String mode) {
    this.mode = mode;
  }

  public boolean isDeclare() {
    return declare;
  }

  public void setDeclare(boolean declare) {
    this.declare = declare;
  }

  public String getFormat() {
    return format;
  }

  public void setFormat(String format) {
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
