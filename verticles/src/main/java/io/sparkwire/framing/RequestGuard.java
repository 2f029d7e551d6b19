package io.sparkwire.framing;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.Http1xUpgradeToH2CHandler;
import java.io.IOException;

/**
 * The handler between the HTTP/1 decoder and Vert.x: what the decoder could not read becomes a
 * failure that is answered in its turn, and the connection ends so that the client can read the
 * answer.
 *
 * <p>Runs on: event loop. Not thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the connection
final class RequestGuard extends ChannelDuplexHandler {

  // A head that is wrong: Vert.x gives it to the handler of invalid requests when all earlier ones
  // are answered, and closes the connection after that answer.
  //
  // A body that is wrong: Vert.x throws its fault into the pipeline when its turn has come, fails
  // the request, and closes the connection at once, before the answer is written. That close is
  // held back until the answer is written.
  //
  // A client that will send no more: if it is in the middle of a body, that is a body that is
  // wrong. Otherwise it gets its answers, and then the connection is closed.

  private static final String BODY_CUT = "the connection ended before the body did";

  private final Leaving leaving = new Leaving();
  private final HalfClosed halfClosed = new HalfClosed();
  private int unanswered;
  private boolean inBody;
  private boolean faulty;
  private boolean telling;
  private boolean upgrading;
  private boolean lost;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (leaving.hasBegun()) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof HttpRequest head) {
      begin(ctx, head);
      ctx.fireChannelRead(message);
    } else {
      body(ctx, message);
    }
  }

  private void body(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpContent content) {
      check(content);
    }
    if (upgrading && faulty) { // its stream would take the bytes so far for the whole body
      ReferenceCountUtil.release(message);
      ctx.channel().close();
      return;
    }
    boolean lastOfHttp1 = upgrading && !inBody;
    if (lastOfHttp1) { // HTTP/2 bytes that are already read are passed on within the next call
      upgrading = false;
      ctx.pipeline().remove(this);
    }
    ctx.fireChannelRead(message);
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest head) {
    unanswered++;
    inBody = true;
    DecoderResult result = head.decoderResult();
    if (result.isFailure()) {
      faulty = true;
      head.setDecoderResult(
          DecoderResult.failure(MalformedRequestException.ofHead(result.cause())));
    }
    halfClosed.mayProbe(head.protocolVersion().equals(HttpVersion.HTTP_1_1));
    ConnectionFields.settle(head);
    if (Upgrades.isAsked(head) && ctx.pipeline().get(Http1xUpgradeToH2CHandler.class) != null) {
      upgrading = !faulty && Upgrades.isWhole(head);
      if (upgrading) {
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
      } else {
        head.headers().remove(HttpHeaderNames.UPGRADE); // a server may ignore it
      }
    }
  }

  private void check(HttpContent content) {
    DecoderResult result = content.decoderResult();
    if (result.isFailure()) {
      faulty = true;
      content.setDecoderResult(
          DecoderResult.failure(MalformedRequestException.ofBody(result.cause())));
    } else if (content instanceof LastHttpContent) {
      inBody = false;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    lost |= cause instanceof IOException;
    telling = cause instanceof MalformedRequestException && unanswered > 0;
    try {
      ctx.fireExceptionCaught(cause);
    } finally {
      telling = false;
    }
    if (faulty && unanswered == 0) {
      ctx.channel().close();
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (!(message instanceof LastHttpContent) || isInterim(message)) {
      ctx.write(message, promise);
      return;
    }
    unanswered--;
    boolean last = unanswered == 0 && (faulty || halfClosed.hasBegun());
    if (last && message instanceof HttpResponse response) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    ChannelPromise written = last ? promise.unvoid() : promise;
    ctx.write(message, written);
    if (last) {
      written.addListener(done -> ctx.channel().close());
      ctx.flush();
    }
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (telling) {
      leaving.atLast(ctx);
    } else if ((inBody || faulty) && !lost) {
      leaving.begin(ctx, promise);
    } else {
      ctx.close(promise);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded(ctx);
    } else if (event instanceof SslCloseCompletionEvent && !TlsEnds.canWrite(ctx)) {
      lost = true;
      ctx.channel().close();
    }
  }

  private void inputEnded(ChannelHandlerContext ctx) {
    if (leaving.hasBegun()) {
      leaving.end(ctx);
    } else if (unanswered == 0) {
      ctx.channel().close();
    } else if (inBody && !faulty) {
      channelRead(ctx, cutBody());
      ctx.fireChannelReadComplete();
    } else {
      halfClosed.begin(ctx, () -> unanswered > 0);
    }
  }

  private static HttpContent cutBody() {
    HttpContent content = new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
    content.setDecoderResult(DecoderResult.failure(MalformedRequestException.malformed(BODY_CUT)));
    return content;
  }
}
