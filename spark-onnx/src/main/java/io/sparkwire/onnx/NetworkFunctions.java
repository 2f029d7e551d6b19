package io.sparkwire.onnx;

import io.sparkwire.onnx.session.NetworkId;
import io.sparkwire.onnx.session.Sessions;
import io.sparkwire.onnx.session.SharedSession;
import io.sparkwire.spark.batch.BatchFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * What makes the function of a network in each task, with the one session of the JVM. Immutable.
 *
 * @param network its bytes
 */
record NetworkFunctions(NetworkPlan plan, NetworkId id, Broadcast<byte[]> network)
    implements BatchFunction.Maker {

  /** As many as make use of all cores. */
  @Override
  public int concurrency() {
    return id.settings().concurrency();
  }

  @Override
  public BatchFunction open(BatchFunction.Lifetime lifetime) {
    Sessions sessions = Sessions.OF_JVM;
    Object owner = lifetime.owner();
    lifetime.atEnd(id, () -> sessions.release(id, owner, lifetime.recurs()));
    SharedSession session = sessions.acquire(id, network::value, owner);
    return new NetworkFunction(plan, session);
  }
}
