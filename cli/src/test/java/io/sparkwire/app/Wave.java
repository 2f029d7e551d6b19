package io.sparkwire.app;

import java.util.List;

/** So many threads that send one kind of traffic to one port of a node. */
record Wave(int port, int attackers, Kind kind) {

  private static final String BIG_REPLY = "{\"value\":1,\"size\":1000000}";
  private static final int DIGITS = 900_000;

  /** What traffic it is. */
  enum Kind {
    STREAMS_WITHOUT_LIMIT,
    CANCELLED_STREAMS,
    PINGS,
    READ_STREAMS,
    UNREAD_STREAMS,
    READ_REPLIES,
    UNREAD_REPLIES,
    UNREAD_REFUSALS,
    HUGE_EXPONENT_OF_DECIMAL,
    HUGE_EXPONENT,
    MANY_DIGITS,
    IDLE_CONNECTIONS(400),
    SLOW_HEADS(300),
    HEADS_WITHOUT_BODIES(256),
    SLOW_BODIES(128),
    STREAMS_WITHOUT_BODIES,
    SLOW_CROWD(5_000),
    ENDLESS_MESSAGE;

    private final int connections;

    Kind() {
      this(1);
    }

    /**
     * @param connections that one thread has at once
     */
    Kind(int connections) {
      this.connections = connections;
    }

    /** Against the service at a path. */
    Attackers.Attack on(String path) {
      return switch (this) {
        case STREAMS_WITHOUT_LIMIT -> Attacks.streamsWithoutLimit(path);
        case CANCELLED_STREAMS -> Attacks.cancelledStreams(path);
        case PINGS -> Attacks.pings();
        case READ_STREAMS -> Attacks.readStreams(path, BIG_REPLY);
        case UNREAD_STREAMS -> Attacks.unreadStreams(path, BIG_REPLY);
        case READ_REPLIES -> Attacks.readReplies(path, BIG_REPLY);
        case UNREAD_REPLIES -> Attacks.unreadReplies(path, BIG_REPLY);
        case UNREAD_REFUSALS -> Attacks.unreadRefusals();
        case HUGE_EXPONENT_OF_DECIMAL -> Attacks.bodies(path, "{\"value\":1,\"dec\":1e99999999}");
        case HUGE_EXPONENT -> Attacks.bodies(path, "{\"value\":1e9999999}");
        case MANY_DIGITS -> Attacks.bodies(path, "{\"value\":" + "9".repeat(DIGITS) + "}");
        case IDLE_CONNECTIONS -> Attacks.idleConnections(connections);
        case SLOW_HEADS -> Attacks.slowHeads(connections, path);
        case HEADS_WITHOUT_BODIES -> Attacks.headsWithoutBodies(connections, path);
        case SLOW_BODIES -> Attacks.slowBodies(connections, path);
        case STREAMS_WITHOUT_BODIES -> Attacks.streamsWithoutBodies(path);
        case SLOW_CROWD -> new SlowCrowd(connections, path);
        case ENDLESS_MESSAGE -> Attacks.endlessMessage();
      };
    }
  }

  /** How many connections all its threads open at least. */
  int connections() {
    return attackers * kind.connections;
  }

  /** As one argument of a command, which {@link #parse} reads. */
  String asArgument() {
    return port + ":" + attackers + ":" + kind;
  }

  static Wave parse(String argument) {
    List<String> parts = List.of(argument.split(":", -1));
    return new Wave(
        Integer.parseInt(parts.get(0)), Integer.parseInt(parts.get(1)), Kind.valueOf(parts.get(2)));
  }
}
