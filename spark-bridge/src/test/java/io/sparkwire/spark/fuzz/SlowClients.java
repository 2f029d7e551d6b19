package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Clients that send the beginning of a request and then a byte now and then: those that get to the
 * end in time are answered, and all others are cut off.
 */
record SlowClients(List<Plan> plans) implements HostileInput {

  /** More than the time-outs of head and body together, each of which may be a second late. */
  private static final Duration LIMIT = Duration.ofSeconds(12);

  private static final int MOST_CLIENTS = 40;
  private static final int POLL_MILLIS = 2;
  private static final int BUFFER = 4_096;

  /**
   * What one client sends.
   *
   * @param first how many bytes at once
   * @param pause how many rounds before each further byte
   */
  record Plan(String request, int first, int pause) {}

  static HostileInput of(Random random) {
    List<Plan> plans = new ArrayList<>();
    for (int i = 1 + random.nextInt(MOST_CLIENTS); i > 0; i--) {
      String body = "a".repeat(1 + random.nextInt(60));
      String length =
          random.nextBoolean()
              ? "Content-Length: " + body.length() + "\r\n\r\n" + body
              : "Transfer-Encoding: chunked\r\n\r\n"
                  + Integer.toHexString(body.length())
                  + "\r\n"
                  + body
                  + "\r\n0\r\n\r\n";
      String request = "POST " + FuzzedServices.ECHO_PATH + " HTTP/1.1\r\nHost: t\r\n" + length;
      plans.add(new Plan(request, random.nextInt(request.length()), random.nextInt(200)));
    }
    return new SlowClients(plans);
  }

  /** One connection, from its first byte to its end. */
  private static final class Client implements AutoCloseable {

    private final Plan plan;
    private final Socket socket;
    private final ByteArrayOutputStream got = new ByteArrayOutputStream();
    private int sent;
    private int round;

    Client(int port, Plan plan) throws IOException {
      this.plan = plan;
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(POLL_MILLIS);
      socket.setTcpNoDelay(true);
      send(plan.first);
    }

    private void send(int count) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(plan.request.substring(sent, sent + count).getBytes(ISO_8859_1));
      sent += count;
    }

    /** Sends and reads what is due; false once it is answered or the connection has ended. */
    boolean goesOn() throws IOException {
      try {
        if (round++ % (1 + plan.pause) == 0 && sent < plan.request.length()) {
          send(1);
        }
        byte[] some = new byte[BUFFER];
        int count = socket.getInputStream().read(some);
        got.write(some, 0, Math.max(0, count));
        return count >= 0 && !got.toString(ISO_8859_1).contains("\r\n\r\n");
      } catch (SocketTimeoutException nothing) {
        return true;
      } catch (SocketException closed) {
        return false;
      }
    }

    void isRight() throws IOException {
      String answer = got.toString(StandardCharsets.UTF_8);
      if (answer.isEmpty()) {
        assertThat(sent).as("the whole of %s was cut off", plan).isLessThan(plan.request.length());
        return;
      }
      InputStream line = new ByteArrayInputStream(got.toByteArray());
      int status = Integer.parseInt(new String(line.readNBytes(12), ISO_8859_1).substring(9));
      assertThat(List.of(200, 408)).as("%s got %s", plan, answer).contains(status);
      if (status == 200) {
        assertThat(sent).isEqualTo(plan.request.length());
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Override
  public void check(Wire wire) throws IOException {
    List<Client> clients = new ArrayList<>();
    try {
      for (Plan plan : plans) {
        clients.add(new Client(wire.echo(), plan));
      }
      List<Client> open = new ArrayList<>(clients);
      long end = System.nanoTime() + LIMIT.toNanos();
      while (!open.isEmpty()) {
        for (Client client : List.copyOf(open)) {
          if (!client.goesOn()) {
            open.remove(client);
          }
        }
        assertThat(System.nanoTime() - end).as("%s are still open", open.size()).isNegative();
      }
      for (Client client : clients) {
        client.isRight();
      }
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  @Override
  public String shown() {
    return Arrays.toString(plans.toArray());
  }
}
