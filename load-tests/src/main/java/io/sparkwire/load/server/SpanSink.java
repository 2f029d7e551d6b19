package io.sparkwire.load.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** A receiver of OTLP over HTTP that drops what it gets. Thread-safe. */
public final class SpanSink implements AutoCloseable {
  private final HttpServer server;
  private final AtomicLong messages = new AtomicLong();

  private SpanSink(HttpServer server) {
    this.server = server;
  }

  /** Receives at that port of 127.0.0.1. */
  public static SpanSink open(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    SpanSink sink = new SpanSink(HttpServer.create(address, 0));
    sink.server.createContext("/v1/traces", sink::receive);
    sink.server.start();
    return sink;
  }

  private void receive(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    messages.incrementAndGet();
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** How many messages have arrived. */
  public long messages() {
    return messages.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
