package dev.palisade.release.view;

import dev.palisade.release.application.PreviewVersion;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** What a version would render to. */
@Named("preview")
@RequestScoped
public class PreviewBacking {

  @Inject private PreviewVersion preview;

  public String module(String slug, int number) {
    return preview.module(slug, number);
  }
}
