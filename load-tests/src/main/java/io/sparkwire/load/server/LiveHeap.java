package io.sparkwire.load.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a JVM of this machine holds on to: its heap after a full collection. Stateless. */
public final class LiveHeap {
  /** A generation, or the whole heap where the collector has none; not the metaspace. */
  private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

  private LiveHeap() {}

  /**
   * Has the JVM collect twice, because what the first one finds may free more, and reads the size.
   *
   * @throws IOException if {@code jcmd} cannot attach to this process
   */
  public static long kibibytes(long pid) throws IOException {
    jcmd(pid, "GC.run");
    jcmd(pid, "GC.run");
    String info = jcmd(pid, "GC.heap_info");
    if (!USED.matcher(info).find()) {
      throw new IOException("jcmd says nothing of the heap of process " + pid + ": " + info);
    }
    return used(info);
  }

  /** The sum of all generations in what {@code GC.heap_info} says. */
  static long used(String info) {
    return USED.matcher(info).results().mapToLong(used -> Long.parseLong(used.group(1))).sum();
  }

  private static String jcmd(long pid, String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), "" + pid, command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.onExit().join().exitValue();
    if (exitCode != 0) {
      throw new IOException("jcmd %d %s failed: %s".formatted(pid, command, output));
    }
    return output;
  }
}
