package io.sparkwire.app;

/**
 * Loads the native library of the Netty whose class {@code Epoll} the first argument names, and
 * prints {@link #LOADED}. It runs in a JVM of its own, as {@link NativeLibraries} does.
 */
final class NettyLibrary {

  static final String LOADED = "Netty's library is loaded";

  private NettyLibrary() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    Class.forName(arguments[0]).getMethod("ensureAvailability").invoke(null);
    System.out.println(LOADED);
  }
}
