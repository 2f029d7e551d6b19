package io.sparkwire.app;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Many connections that begin with the same bytes and send a few more now and then; a connection
 * that the server closes is opened again.
 */
final class Crowd implements Attackers.Attack {

  private static final long ROUND_MILLIS = 500;

  /**
   * All are opened at once at the beginning; later, at most this many in a round replace those that
   * the server closed, so that the rate of new connections is bounded.
   */
  private static final int AGAIN_PER_ROUND = 25;

  private final int connections;
  private final byte[] greeting;
  private final byte[] drip;

  /**
   * @param greeting what each connection sends first
   * @param drip what it sends in each round; may be empty
   */
  Crowd(int connections, byte[] greeting, byte[] drip) {
    this.connections = connections;
    this.greeting = greeting;
    this.drip = drip;
  }

  @Override
  public void send(Attackers from, int port) throws IOException {
    List<Socket> open = new ArrayList<>();
    int wanted = connections;
    while (!from.areOver()) {
      while (open.size() < wanted && !from.areOver()) {
        Socket socket = from.connect(port);
        socket.setSoTimeout(1);
        socket.getOutputStream().write(greeting);
        open.add(socket);
      }
      from.pause(ROUND_MILLIS);
      dropClosed(from, open);
      wanted = Math.min(connections, open.size() + AGAIN_PER_ROUND);
    }
  }

  private void dropClosed(Attackers from, List<Socket> open) throws IOException {
    for (Iterator<Socket> all = open.iterator(); all.hasNext() && !from.areOver(); ) {
      Socket socket = all.next();
      if (!isOpen(socket)) {
        from.close(socket);
        all.remove();
      }
    }
  }

  private boolean isOpen(Socket socket) {
    try {
      socket.getOutputStream().write(drip);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException nothingToRead) {
      return true;
    } catch (IOException closed) {
      return false;
    }
  }
}
