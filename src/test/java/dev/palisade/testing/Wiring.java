package dev.palisade.testing;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.function.BiFunction;

/** Puts objects of the portal together without its container. */
public final class Wiring {

  private Wiring() {}

  /** Sets a field of an object, as injection or the database would, and returns the object. */
  public static <T> T set(T object, String field, Object value) {
    try {
      Field found = object.getClass().getDeclaredField(field);
      found.setAccessible(true);
      found.set(object, value);
      return object;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("No field " + field, e);
    }
  }

  /** A store that answers every call by one function of the method's name and its arguments. */
  public static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.apply(method.getName(), arguments)));
  }
}
