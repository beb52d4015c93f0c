package dev.palisade.shell.api;

import dev.palisade.core.DomainException;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads whole numbers in queries. What is none is refused with the parameter's name, where JAX-RS
 * by itself would say that the path does not exist.
 */
@Provider
public class QueryNumbers implements ParamConverterProvider {

  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.of(
          int.class, Integer::valueOf,
          Integer.class, Integer::valueOf,
          long.class, Long::valueOf,
          Long.class, Long::valueOf);

  @Override
  public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
    Function<String, Object> reader = READERS.get(type);
    for (Annotation annotation : annotations) {
      if (reader != null && annotation instanceof QueryParam parameter) {
        return new Converter<>(parameter.value(), reader);
      }
    }
    return null;
  }

  private record Converter<T>(String name, Function<String, Object> reader)
      implements ParamConverter<T> {

    @Override
    @SuppressWarnings("unchecked") // the reader was chosen by the type
    public T fromString(String text) {
      try {
        return text == null ? null : (T) reader.apply(text);
      } catch (NumberFormatException e) {
        throw new WebApplicationException(
            ProblemBody.response(DomainException.notValid("/" + name, "This is a whole number.")));
      }
    }

    @Override
    public String toString(T value) {
      return String.valueOf(value);
    }
  }
}
