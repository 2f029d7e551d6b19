package io.sparkwire.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.sparkwire.endpoint.BadBodyException;
import java.util.function.Predicate;

/** A method that is answered at once. Stateless. */
@FunctionalInterface
interface UnaryMethod {

  /**
   * The answer to one message.
   *
   * @param mayUse whether the client may use the service of that name
   * @throws InvalidProtocolBufferException if the message is not one of the method's
   */
  MessageLite answer(ByteString message, Predicate<String> mayUse)
      throws InvalidProtocolBufferException, BadBodyException;
}
