package io.sparkwire.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.sparkwire.endpoint.BadBodyException;

/** A method that is answered at once. Stateless. */
@FunctionalInterface
interface UnaryMethod {

  /**
   * The answer to one message.
   *
   * @throws InvalidProtocolBufferException if the message is not one of the method's
   */
  MessageLite answer(ByteString message) throws InvalidProtocolBufferException, BadBodyException;
}
