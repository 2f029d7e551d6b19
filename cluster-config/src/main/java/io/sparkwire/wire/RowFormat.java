package io.sparkwire.wire;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import java.util.List;

/**
 * A format of requests that have many rows: it takes a body apart into rows, and makes one reply of
 * theirs.
 *
 * <p>Stateless, hence thread-safe: readers call {@link #rows} on task threads, and the thread with
 * the last row's reply calls {@link #reply}.
 */
public interface RowFormat {

  /** Its name in {@link ServiceRequest#format}, which nodes send each other. */
  String name();

  /**
   * The rows of a request, in their order.
   *
   * @param service which it is for; its limits say how many rows it may have
   * @throws BadRowsException if the body is not in this format, or has more rows
   */
  RowBodies rows(ServiceRequest request, ServiceSpec service) throws BadRowsException;

  /**
   * The reply to a request.
   *
   * @param service which it was for, with the schema of its replies if that is known
   * @param ofRows the replies to its rows in their order, without rows that were left out
   */
  ServiceReply reply(ServiceRequest request, ServiceSpec service, List<ServiceReply> ofRows);
}
