package io.sparkwire.load.server;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command lines of child JVMs, of which every server gets the same heap and flags. */
public final class JavaCommand {
  /** Clients make no garbage to speak of; one small heap and one collector thread are enough. */
  private static final List<String> CLIENT_FLAGS =
      List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC");

  /** The JVM options of Sparkwire's launcher; all contestants get the same. */
  private static final List<String> LAUNCHER_FLAGS =
      List.of(
          "-XX:+UseParallelGC",
          "-XX:MetaspaceSize=256m",
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:ThreadPriorityPolicy=1",
          "-XX:JavaPriority1_To_OSPriority=10",
          "-XX:CompilerThreadPriority=10");

  static final String TRUST_STORE = "javax.net.ssl.trustStore";
  static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

  private JavaCommand() {}

  /** A program with the launcher's options, and a heap that grows up to this size. */
  public static List<String> program(String heap, List<String> arguments) {
    return command(join(LAUNCHER_FLAGS, List.of("-Xmx" + heap)), arguments);
  }

  /** The same with a heap of fixed size, touched before it is needed. */
  public static List<String> server(String heap, List<String> arguments) {
    return program(heap, join(List.of("-Xms" + heap, "-XX:+AlwaysPreTouch"), arguments));
  }

  /** A client whose main class is this one, and which trusts what this JVM does. */
  public static List<String> client(Class<?> client, List<String> arguments) {
    List<String> main = List.of("-cp", classPath(), client.getName());
    return command(join(CLIENT_FLAGS, trust()), join(main, arguments));
  }

  private static List<String> trust() {
    return Stream.of(TRUST_STORE, TRUST_STORE_PASSWORD)
        .filter(name -> System.getProperty(name) != null)
        .map(name -> "-D" + name + "=" + System.getProperty(name))
        .toList();
  }

  /** This JVM's own class path in absolute paths, because children run in other directories. */
  static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** One list of arguments made of several. */
  @SafeVarargs
  public static List<String> join(List<String>... parts) {
    List<String> joined = new ArrayList<>();
    for (List<String> part : parts) {
      joined.addAll(part);
    }
    return List.copyOf(joined);
  }

  private static List<String> command(List<String> flags, List<String> arguments) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return join(List.of(java.toString()), flags, arguments);
  }
}
