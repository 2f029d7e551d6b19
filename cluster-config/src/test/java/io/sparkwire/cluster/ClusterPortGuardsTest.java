package io.sparkwire.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.internal.server.ServerConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sparkwire.message.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers may say on the two ports that a node has for other nodes. */
class ClusterPortGuardsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int TIMEOUT_MILLIS = 20_000;

  /** What a member says first on a connection to another. */
  private static final byte[] PROTOCOL = "HZC".getBytes(UTF_8);

  private static final TestCluster CLUSTER = new TestCluster();
  private static Node node;
  private static Node other;

  @BeforeAll
  static void start() {
    node = CLUSTER.start("n1", Role.WORKER);
    other = CLUSTER.start("n2", Role.WORKER);
    node.vertx()
        .eventBus()
        .<String>consumer("echo", message -> message.reply(message.body()))
        .completion()
        .await();
  }

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  private static Socket connect(int offset) throws IOException {
    int member = Integer.parseInt(node.address().substring(node.address().indexOf(':') + 1));
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), member + offset);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  /** Says these bytes on a port, which is closed for that: while they are written, or later. */
  private static void isClosedAfter(Socket socket, byte[]... said) {
    try {
      for (byte[] each : said) {
        socket.getOutputStream().write(each);
      }
      socket.getInputStream().readAllBytes();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open", e);
    } catch (IOException e) {
      assertThat(e).hasMessageMatching(".*(reset|Broken pipe).*");
    }
  }

  private static void busTurnsAway(byte[] said) throws IOException {
    try (Socket socket = connect(ClusterOptions.BUS_PORT_OFFSET)) {
      isClosedAfter(socket, said);
    }
    nodesStillTalk("hello");
  }

  /** Says these bytes to the member, whose guard closes the connection, and not Hazelcast. */
  private static void memberTurnsAway(byte[]... said) throws IOException {
    try (Socket socket = connect(0)) {
      ServerConnection connection = accepted(socket);
      isClosedAfter(socket, said);
      assertThat(connection.getCloseReason()).isEqualTo(PacketGuard.REFUSED);
    }
    nodesStillTalk("hello");
  }

  /** The member's end of a connection. */
  private static ServerConnection accepted(Socket socket) {
    return await()
        .atMost(TIMEOUT)
        .until(
            () ->
                CLUSTER
                    .connections(node)
                    .filter(c -> socket.getLocalSocketAddress().equals(c.getRemoteSocketAddress()))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** An end, and not a reset, which would come only when the selector of the member wakes. */
  @Test
  void aConnectionThatTheMemberClosesEndsAtOnce() throws IOException {
    try (Socket socket = connect(0)) {
      accepted(socket).close("for this test", null);
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  private static void nodesStillTalk(String text) {
    assertThat(other.vertx().eventBus().<String>request("echo", text).await().body())
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {Integer.MAX_VALUE, Protocol.MOST_MESSAGE_BYTES + 1, 0, -1, Integer.MIN_VALUE})
  void aLengthThatNoMessageHasClosesTheConnection(int length) throws IOException {
    busTurnsAway(prefix(length));
    isRefused(Unpooled.wrappedBuffer(prefix(length)));
  }

  private static byte[] prefix(int length) {
    return ByteBuffer.allocate(4).putInt(length).array();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, PacketGuard.MOST_OF_STRANGERS + 1, -1, Integer.MIN_VALUE})
  void aSizeThatNoPacketHasClosesTheConnection(int size) throws IOException {
    memberTurnsAway(PROTOCOL, packet(size));
  }

  private static byte[] packet(int size) {
    return ByteBuffer.allocate(11).put((byte) 4).putChar((char) 0).putInt(-1).putInt(size).array();
  }

  /** Hazelcast does not know the type of the first, but leaves the connection open. */
  @Test
  void theSizesOfLaterPacketsAreLookedAtToo() throws IOException {
    memberTurnsAway(PROTOCOL, packet(16), new byte[16], packet(Integer.MAX_VALUE));
  }

  @Test
  void messagesOfManyMegabytesPassBetweenNodes() {
    nodesStillTalk("x".repeat(9 * 1024 * 1024));
  }

  @Test
  void whoSaysNothingOnTheMembersPortMakesRoomForOthers() throws IOException {
    List<Socket> silent = new ArrayList<>();
    try {
      silent.add(connect(0));
      ServerConnection first = accepted(silent.get(0));
      for (int i = 0; i < GuardedMember.MOST_STRANGERS; i++) {
        silent.add(connect(0));
      }
      isClosedAfter(silent.get(0));
      assertThat(first.getCloseReason()).isEqualTo("it has not identified itself");
      Node third = CLUSTER.start("n3", Role.GATEWAY);
      await().atMost(TIMEOUT).until(() -> node.directory().members().size() == 3);
      CLUSTER.stop(third);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  /** A message of the event bus with this codec, and these lengths before its parts. */
  private static ByteBuf message(int codec, int... lengths) {
    ByteBuf message = Unpooled.buffer().writeInt(0).writeByte(1).writeByte(codec);
    message.writeByte(0);
    for (int length : lengths) {
      message.writeInt(length);
    }
    return message.setInt(0, message.readableBytes() - 4);
  }

  /** One length too large or negative at each place that has one. */
  static Stream<ByteBuf> messagesWithALengthBeyondThem() {
    return Stream.of(Integer.MAX_VALUE, -1, 17)
        .flatMap(
            bad ->
                Stream.of(
                    message(0, bad, 0, 0, 4),
                    message(0, 0, bad, 0, 4),
                    message(0, 0, 0, bad, 4),
                    message(0, 0, 0, 0, bad),
                    message(2, 0, 0, 0, 4, bad),
                    message(3, 0, 0, 0, 4, bad),
                    message(6, 0, 0, 0, 4, bad),
                    message(-1, bad)));
  }

  @ParameterizedTest
  @MethodSource("messagesWithALengthBeyondThem")
  void aLengthThatReachesBeyondItsMessageClosesTheConnection(ByteBuf message) {
    isRefused(message);
  }

  private static void isRefused(ByteBuf bytes) {
    EmbeddedChannel connection =
        new EmbeddedChannel(new FrameGuard(new BusConnections(1, 1_000, System::nanoTime)));
    assertThat(connection.writeInbound(bytes)).as("passed on").isFalse();

    assertThat(connection.isOpen()).isFalse();
    assertThat(connection.<Object>readInbound()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 99, 127, -2})
  void aCodecThatNoNodeUsesClosesTheConnection(int codec) {
    isRefused(message(codec, 0, 0, 0, 4, 0));
  }

  @Test
  void wholeMessagesPassAndPartsWaitWhereverTheyAreCut() {
    ByteBuf three = Unpooled.buffer();
    for (int i = 0; i < 3; i++) {
      three.writeBytes(message(0, 0, 0, 0, 4));
    }
    for (int cut = 0; cut <= three.writerIndex(); cut++) {
      BusConnections connections = new BusConnections(1, 1_000, System::nanoTime);
      EmbeddedChannel connection = new EmbeddedChannel(new FrameGuard(connections));
      connection.writeInbound(three.copy(0, cut), three.copy(cut, three.writerIndex() - cut));
      ByteBuf passed = Unpooled.buffer();
      for (ByteBuf part = connection.readInbound(); part != null; part = connection.readInbound()) {
        passed.writeBytes(part);
      }

      assertThat(passed).isEqualTo(three);
      assertThat(connections.held()).isZero();
    }
  }

  @Test
  void unfinishedMessagesOfAllConnectionsHaveOneBound() {
    BusConnections connections = new BusConnections(9, 1_000, System::nanoTime);
    EmbeddedChannel first = new EmbeddedChannel(new FrameGuard(connections));
    EmbeddedChannel second = new EmbeddedChannel(new FrameGuard(connections));
    first.writeInbound(Unpooled.wrappedBuffer(prefix(5_000), new byte[600]));
    assertThat(connections.held()).isEqualTo(604);
    second.writeInbound(Unpooled.wrappedBuffer(prefix(5_000), new byte[600]));

    assertThat(second.isOpen()).isFalse();
    assertThat(first.isOpen()).isTrue();
    first.close().syncUninterruptibly();
    assertThat(connections.held()).isZero();
  }

  @Test
  void connectionsAreBoundedBelowTheFilesThatAreAllowed() {
    assertThat(BusConnections.connectionsFor(1_024)).isEqualTo(128);
    assertThat(BusConnections.connectionsFor(64)).isEqualTo(64);
    assertThat(BusConnections.connectionsFor(1_000_000)).isEqualTo(1_024);
  }

  @Test
  void oneConnectionTooManyIsClosedAndMakesRoomWhenOthersEnd() {
    BusConnections connections = new BusConnections(1, 1_000, System::nanoTime);
    EmbeddedChannel first = new EmbeddedChannel();
    assertThat(connections.accept(first)).isTrue();
    assertThat(connections.accept(new EmbeddedChannel())).isFalse();

    first.close().syncUninterruptibly();
    assertThat(connections.accept(new EmbeddedChannel())).isTrue();
    assertThat(connections.open()).isEqualTo(1);
  }
}
