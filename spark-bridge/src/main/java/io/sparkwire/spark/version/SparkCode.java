package io.sparkwire.spark.version;

import static java.util.Comparator.comparing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.unsafe.Platform;

/** Finds Spark's classes and methods by name, wherever a release has them. Stateless. */
final class SparkCode {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  private SparkCode() {}

  /** Whether Spark has a class. */
  static boolean has(String type) {
    return find(type).isPresent();
  }

  /** Whether a class of Spark has a public method. */
  static boolean has(Class<?> owner, String method) {
    return methods(owner, method).findAny().isPresent();
  }

  /** The first of some classes that Spark has. */
  static Class<?> type(String... names) {
    return Stream.of(names)
        .flatMap(name -> find(name).stream())
        .findFirst()
        .orElseThrow(() -> missing(Arrays.toString(names)));
  }

  private static Optional<Class<?>> find(String name) {
    try {
      return Optional.of(Class.forName(name, false, SparkCode.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The first of some methods that a class has; of several, that with the most parameters. */
  static MethodHandle method(Class<?> owner, String... names) {
    Method found =
        Stream.of(names)
            .flatMap(
                name -> methods(owner, name).max(comparing(Method::getParameterCount)).stream())
            .findFirst()
            .orElseThrow(() -> missing(owner + " " + Arrays.toString(names)));
    try {
      return LOOKUP.unreflect(found);
    } catch (IllegalAccessException e) {
      throw missing(found.toString());
    }
  }

  private static Stream<Method> methods(Class<?> owner, String name) {
    return Stream.of(owner.getMethods())
        .filter(method -> method.getName().equals(name) && !method.isBridge());
  }

  /** The only public constructor of a class. */
  static MethodHandle constructor(Class<?> owner) {
    Constructor<?>[] all = owner.getConstructors();
    try {
      return LOOKUP.unreflectConstructor(all[0]);
    } catch (IllegalAccessException e) {
      throw missing(owner.toString());
    }
  }

  /**
   * Calls it. Parameters that a later release has added behind those given get {@code false}.
   *
   * <p>What it throws is passed on as it is, checked or not.
   */
  static Object call(MethodHandle code, Object... given) {
    Object[] arguments = Arrays.copyOf(given, code.type().parameterCount());
    Arrays.fill(arguments, given.length, arguments.length, false);
    try {
      return code.invokeWithArguments(arguments);
    } catch (Throwable e) {
      Platform.throwException(e);
      throw new IllegalStateException(e); // not reached
    }
  }

  private static IllegalStateException missing(String what) {
    return new IllegalStateException("Spark " + SparkRelease.current().text() + " lacks " + what);
  }
}
