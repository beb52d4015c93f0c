package dev.palisade.shell.api;

import dev.palisade.core.Surface;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A JAX-RS application made of the resource classes that declare its surface. */
abstract class SurfaceApplication extends Application {

  private static final List<Class<?>> COMMON =
      List.of(
          JsonBody.class,
          ProblemBody.class,
          BodyLimit.class,
          QueryNumbers.class,
          DomainProblems.class,
          RefusedByServer.class,
          Unchanged.class,
          Failures.class);

  private final Surface.Kind kind;

  SurfaceApplication(Surface.Kind kind) {
    this.kind = kind;
  }

  @Override
  public Set<Class<?>> getClasses() {
    Set<Class<?>> classes = new HashSet<>(COMMON);
    for (Bean<?> bean :
        CDI.current().getBeanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
      Surface surface = bean.getBeanClass().getAnnotation(Surface.class);
      if (surface != null && surface.value() == kind) {
        classes.add(bean.getBeanClass());
      }
    }
    return classes;
  }

  /**
   * Keeps the server's own three ways with JSON out: which of them came before ours was left to
   * chance, and it read leniently and wrote times as numbers. Two of them look for their own name
   * in the first property.
   */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of(
        "jersey.config.jsonFeature",
        JsonBody.class.getSimpleName(),
        "jersey.config.disableJsonBinding",
        true);
  }
}
