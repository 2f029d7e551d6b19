package io.sparkwire.load.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What some servers of a fleet, and the machine's loopback device, did between two moments. Not
 * thread-safe.
 */
public final class Usage {
  private final Fleet fleet;
  private final List<Contestant> servers;
  private long bytes;
  private Duration cpu = Duration.ZERO;
  private long nanos;

  public Usage(Fleet fleet, List<Contestant> servers) {
    this.fleet = fleet;
    this.servers = servers;
  }

  public void begin() throws IOException {
    bytes = Loopback.bytes();
    cpu = cpuTime();
    nanos = System.nanoTime();
  }

  public void end() throws IOException {
    nanos = System.nanoTime() - nanos;
    cpu = cpuTime().minus(cpu);
    bytes = Loopback.bytes() - bytes;
  }

  private Duration cpuTime() {
    return servers.stream().map(fleet::cpuTime).reduce(Duration.ZERO, Duration::plus);
  }

  /** Of all processes of the machine. */
  public long bytes() {
    return bytes;
  }

  /** Processor time of the servers, in microseconds. */
  public double cpuMicros() {
    return TimeUnit.NANOSECONDS.toMicros(cpu.toNanos());
  }

  /** How many cores the servers kept busy. */
  public double cores() {
    return (double) cpu.toNanos() / nanos;
  }

  public double seconds() {
    return (double) nanos / TimeUnit.SECONDS.toNanos(1);
  }
}
