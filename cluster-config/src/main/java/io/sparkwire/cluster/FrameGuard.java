package io.sparkwire.cluster;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.sparkwire.message.Protocol;
import java.util.List;

/**
 * Lets whole messages of the event bus through on one connection, and closes the connection at the
 * first that is none: its length is out of range, or a length in it reaches beyond its end.
 *
 * <p>The event bus itself believes every length. Runs on: event loop. Not thread-safe.
 */
final class FrameGuard extends ByteToMessageDecoder {

  private static final int NOT_WELL_FORMED = -1;

  private final BusConnections connections;
  private long held;
  private boolean refused;

  FrameGuard(BusConnections connections) {
    this.connections = connections;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int whole = refused ? NOT_WELL_FORMED : wholeMessages(in);
    if (whole > 0) {
      out.add(in.readRetainedSlice(whole));
    }
    if (whole == NOT_WELL_FORMED || !hold(in.readableBytes())) {
      refuse(context, in);
    }
  }

  /** How many bytes the messages take that are there as a whole. */
  private static int wholeMessages(ByteBuf in) {
    int at = in.readerIndex();
    int end = in.writerIndex();
    while (end - at >= Integer.BYTES) {
      int length = in.getInt(at);
      if (length < 1 || length > Protocol.MOST_MESSAGE_BYTES) {
        return NOT_WELL_FORMED;
      }
      int next = at + Integer.BYTES + length;
      if (next > end) {
        break;
      }
      if (!new FrameCheck(in, at + Integer.BYTES, next).isWellFormed()) {
        return NOT_WELL_FORMED;
      }
      at = next;
    }
    return at - in.readerIndex();
  }

  /** Has the part of a message that is here counted; says no if all connections hold too much. */
  private boolean hold(long bytes) {
    long more = bytes - held;
    held = bytes;
    return more == 0 || connections.hold(more);
  }

  private void refuse(ChannelHandlerContext context, ByteBuf in) {
    in.skipBytes(in.readableBytes());
    hold(0);
    if (!refused) {
      refused = true;
      connections.refused(context.channel().remoteAddress());
      context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    hold(0);
  }
}
