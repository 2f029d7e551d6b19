package io.sparkwire.app;

import io.sparkwire.http.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Well-behaved clients of an echo service at a rate that leaves it idle most of the time, and how
 * long they waited for each reply.
 */
final class PacedClients extends Clients {

  static final long INTERVAL_MILLIS = 20;
  private static final double TAIL = 0.99;

  private final InetSocketAddress address;
  private final String path;
  private LongStream.Builder waits = LongStream.builder();

  /** Starts so many, each with one connection after the other. */
  PacedClients(int port, String path, int clients) {
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.path = path;
    begin(clients);
  }

  @Override
  void askOnAndOn() {
    while (!isStopping()) {
      try (RawHttp http = new RawHttp(address)) {
        while (!isStopping()) {
          ask(http, nextNumber());
          pause(INTERVAL_MILLIS);
        }
      } catch (IOException e) {
        note(false, "a connection broke: " + e);
      } catch (InterruptedException e) {
        note(false, "a client was interrupted");
        return;
      }
    }
  }

  private void ask(RawHttp http, long number) throws IOException {
    String body = "{\"value\":" + number + "}";
    long began = System.nanoTime();
    RawHttp.Response reply = http.post(path, body).receive();
    add(System.nanoTime() - began);
    waited(began);
    note(
        reply.status() == 200 && reply.body().startsWith("{\"value\":" + number + ","),
        number + " got " + reply.status() + " " + reply.body());
  }

  private synchronized void add(long nanos) {
    waits.add(nanos);
  }

  /** The 99th percentile of the waits since the last call, in nanoseconds; 0 if there were none. */
  synchronized long tailNanos() {
    long[] sorted = waits.build().sorted().toArray();
    waits = LongStream.builder();
    return sorted.length == 0 ? 0 : sorted[(int) (TAIL * (sorted.length - 1))];
  }

  @Override
  public String toString() {
    return answered() + " replies, failures " + Arrays.toString(failures().toArray());
  }
}
