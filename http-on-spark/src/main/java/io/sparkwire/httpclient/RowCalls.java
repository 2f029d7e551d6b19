package io.sparkwire.httpclient;

import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.plan.RowWork;
import java.util.List;

/**
 * The calls to make for each row of a plan. Immutable.
 *
 * @param services one for each call
 * @param firstCall where in a row the call to the first service is; the others follow
 * @param id where the id of its request is; {@link #NO_ID} if it has none
 * @param ordered whether rows keep their order
 */
record RowCalls(List<ServiceCalls> services, int firstCall, int id, boolean ordered)
    implements RowWork.Maker<PartitionCalls.Ended> {

  static final int NO_ID = -1;

  RowCalls {
    services = List.copyOf(services);
  }

  @Override
  public PartitionCalls open() {
    return new PartitionCalls(SparkNode.ofTask(), this);
  }
}
