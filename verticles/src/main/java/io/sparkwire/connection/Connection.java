package io.sparkwire.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * One connection of a client, seen from its socket: whether it waits for a request, and since when.
 *
 * <p>It is the handler next to the socket, so closing it does not wait for what the client does not
 * read. Runs on: event loop. Not thread-safe.
 */
public final class Connection extends ChannelInboundHandlerAdapter implements Handler<Void> {

  // FRESH ──begins──▶ BUSY ──given──▶ IDLE ──part of a head──▶ HEAD ──begins──▶ BUSY
  //                    ▲───────────────┘ begins
  //
  // TLS: FRESH lasts until the handshake has ended, and then a connection of HTTP/1 waits as HEAD.
  //
  // All but BUSY and CLOSED are in the loop's list. A part of a head shows by its bytes, after
  // which no request has begun. That is so in HTTP/1 only: in HTTP/2 bytes may be a PING, and a
  // connection that has been established there is IDLE before its first request.

  private static final AttributeKey<Connection> KEY =
      AttributeKey.valueOf(Connection.class, "connection");

  private enum State {
    FRESH,
    HEAD,
    BUSY,
    IDLE,
    CLOSED
  }

  private final Connections connections;
  private final Peer peer;
  private final Turns turns = new Turns();
  private State state = State.FRESH;
  private long since;
  private int begun;
  private int given;
  private boolean closing;
  private ConnectionLoop loop;
  private ChannelHandlerContext context;
  private Http2ConnectionHandler http2;

  /** Its neighbours in the list, which alone touches them. */
  Connection earlier;

  Connection later;

  Connection(Connections connections, Peer peer) {
    this.connections = connections;
    this.peer = peer;
  }

  /** The connection of a request. */
  public static Connection of(HttpServerRequest request) {
    return of(request.connection());
  }

  static Connection of(HttpConnection connection) {
    return ((ConnectionBase) connection).channel().attr(KEY).get();
  }

  /** The client's address: the same object for all its connections. */
  public Peer peer() {
    return peer;
  }

  long since() {
    return since;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    added.channel().attr(KEY).set(this);
    added.channel().config().setRecvByteBufAllocator(turns);
    loop = connections.loop(added.channel().eventLoop());
    loop.opened(this);
    since = loop.lately();
    added.channel().closeFuture().addListener(done -> closed());
  }

  private void closed() {
    if (state != State.BUSY) {
      loop.waitsNoMore(this);
    }
    state = State.CLOSED;
    loop.closed();
  }

  @Override
  public void channelRead(ChannelHandlerContext read, Object bytes) {
    int before = begun;
    pass(read, (ByteBuf) bytes);
    if (begun == before && state == State.IDLE && http2 == null) {
      waitsAs(State.HEAD);
    }
  }

  /** The fault of one stream of HTTP/2 is the end of that stream, not of the others beside it. */
  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable fault) {
    Http2Exception http2Fault = Http2CodecUtil.getEmbeddedHttp2Exception(fault);
    if (http2Fault == null || !Http2Exception.isStreamError(http2Fault)) {
      caught.fireExceptionCaught(fault);
    }
  }

  private void pass(ChannelHandlerContext read, ByteBuf bytes) {
    int size = bytes.readableBytes();
    if (turns.measures(size)) {
      long began = System.nanoTime();
      read.fireChannelRead(bytes);
      turns.ended(size, System.nanoTime() - began);
    } else {
      read.fireChannelRead(bytes);
    }
  }

  /** It speaks HTTP/2, or a request of HTTP/1 is about to begin. */
  void established() {
    http2 = context.pipeline().get(Http2ConnectionHandler.class);
    if (state == State.FRESH) {
      waitsAs(http2 == null ? State.HEAD : State.IDLE);
    }
  }

  private void waitsAs(State next) {
    if (state != State.BUSY) {
      loop.waitsNoMore(this);
    }
    state = next;
    since = loop.lately();
    loop.waits(this);
  }

  /** A request begins; returns whether it may. */
  boolean begins(HttpServerRequest request) {
    begun++;
    if (state != State.BUSY && state != State.CLOSED) {
      loop.waitsNoMore(this);
      state = State.BUSY;
    }
    request.response().endHandler(this);
    return http2 == null || hasStream(request.response().streamId());
  }

  /** Whether it is among as many as may be open at once; a client may not know that number yet. */
  private boolean hasStream(int stream) {
    boolean has = http2.connection().remote().numActiveStreams() <= connections.limits().streams();
    if (!has) {
      reset(stream, Http2Error.REFUSED_STREAM);
    }
    return has;
  }

  /** A response has been given, or no client waits for it any more. */
  @Override
  public void handle(Void end) {
    given++;
    if (given == begun && state == State.BUSY) {
      waitsAs(State.IDLE);
    }
  }

  boolean isOverdue(long now) {
    if (state != State.IDLE) {
      return now - since > connections.limits().headTimeout().toNanos();
    }
    long idle = now - since - connections.limits().idleTimeout().toNanos();
    return idle > 0 && (idle > connections.writeTimeout().toNanos() || !isWriting());
  }

  /** Whether it has ever had a request. */
  boolean hasServed() {
    return begun > 0;
  }

  /** Whether a response has been given that the client has not read. */
  boolean isWriting() {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    boolean pending = buffer != null && buffer.totalPendingWriteBytes() > 0;
    return pending || (http2 != null && http2.connection().numActiveStreams() > 0);
  }

  /** Whether a frame of that stream of HTTP/2 would be written now. */
  public boolean isWritable(int stream) {
    Http2Stream open = http2.connection().stream(stream);
    return open != null && http2.encoder().flowController().isWritable(open);
  }

  /** Whether requests on it can be ended one by one. */
  boolean hasStreams() {
    return http2 != null;
  }

  /** Ends a request whose client does not read its response, with the connection if it has to. */
  public void giveUp(HttpServerRequest request) {
    if (hasStreams()) {
      reset(request.response().streamId(), Http2Error.CANCEL);
    } else {
      close();
    }
  }

  /** Ends one request of HTTP/2 and no other. */
  @SuppressWarnings("FutureReturnValueIgnored") // the stream's own listeners notice its end
  void reset(int stream, Http2Error error) {
    ChannelHandlerContext codec = context.pipeline().context(http2);
    http2.encoder().writeRstStream(codec, stream, error.code(), codec.newPromise());
    codec.flush();
  }

  /**
   * Closes it. An HTTP/2 client gets a GOAWAY first, and one with TLS a close_notify, unless it
   * does not read: nothing waits for pending writes.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the same for the connection
  void close() {
    if (!hasFarewell() || closing || isWriting()) {
      context.close();
    } else {
      closing = true;
      context.channel().close();
    }
  }

  private boolean hasFarewell() {
    return http2 != null
        || (state == State.IDLE && context.pipeline().get(SslHandler.class) != null);
  }
}
