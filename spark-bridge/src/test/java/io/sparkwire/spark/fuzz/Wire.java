package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sparkwire.http.RawHttp;
import java.io.IOException;
import java.net.SocketException;

/** The connections of one client to the fuzzed services. Not thread-safe. */
final class Wire implements AutoCloseable {

  private final FuzzedServices services;
  private RawHttp open;
  private int openTo;

  Wire(FuzzedServices services) {
    this.services = services;
  }

  /** The port of the service that replies with the body that it got. */
  int echo() {
    return services.echo().port();
  }

  /** The port of the service whose schema has all types. */
  int typed() {
    return services.typed().port();
  }

  /** The port of the service that protocols of many rows are for. */
  int rows() {
    return services.rows().port();
  }

  /**
   * Posts a body on a connection that is used for other requests too.
   *
   * @param fields of the head, each with its end
   */
  RawHttp.Response post(int port, String path, String fields, byte[] body) throws IOException {
    byte[] head =
        ("POST " + path + " HTTP/1.1\r\nHost: t\r\n" + fields + "Content-Length: " + body.length)
            .concat("\r\n\r\n")
            .getBytes(ISO_8859_1);
    RawHttp.Response response = openTo == port && open != null ? ask(head, body) : null;
    if (response == null) { // the server has closed an idle connection, or there is none
      close();
      open = new RawHttp(port);
      openTo = port;
      response = ask(head, body);
    }
    if (response == null) {
      throw new AssertionError("no answer");
    }
    if ("close".equalsIgnoreCase(response.headers().get("connection"))) {
      close();
    }
    return response;
  }

  private RawHttp.Response ask(byte[] head, byte[] body) throws IOException {
    try {
      open.send(head);
      open.send(body);
      return open.receiveIfAny();
    } catch (SocketException closed) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
