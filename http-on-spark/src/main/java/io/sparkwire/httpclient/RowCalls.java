package io.sparkwire.httpclient;

import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.plan.RowWork;
import java.util.List;

/**
 * The calls to make for each row of a plan. Immutable.
 *
 * @param services one for each call
 * @param firstCall where in a row the call to the first service is; the others follow
 * @param ordered whether rows keep their order
 */
record RowCalls(List<ServiceCalls> services, int firstCall, boolean ordered)
    implements RowWork.Maker<PartitionCalls.Ended> {

  RowCalls {
    services = List.copyOf(services);
  }

  @Override
  public PartitionCalls open() {
    return new PartitionCalls(SparkNode.ofTask(), this);
  }
}
