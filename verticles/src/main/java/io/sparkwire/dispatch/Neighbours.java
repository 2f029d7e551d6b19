package io.sparkwire.dispatch;

import io.sparkwire.history.Claims;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceRequest;
import java.util.List;

/**
 * The other nodes of the cluster, as far as this node hands requests to them and takes theirs.
 *
 * <p>Thread-safe.
 */
public interface Neighbours extends Claims {

  /** Those of a node that is by itself. */
  Neighbours NONE =
      new Neighbours() {

        @Override
        public boolean othersRead(String service) {
          return false;
        }

        @Override
        public void giveBack(String service) {
          // No request comes from another node.
        }

        @Override
        public long repliesToOthers() {
          return 0;
        }

        /** None: a JVM that is lost held the connections of its requests, too. */
        @Override
        public List<PendingRequest> claim(List<ServiceRequest> left) {
          return List.of();
        }

        @Override
        public void handOn(PendingRequest request) {
          throw new IllegalStateException("there is no other node to hand a request on to");
        }
      };

  /** Whether another node has readers that take requests of a service now. */
  boolean othersRead(String service);

  /** Returns the unanswered requests of a service to the nodes that sent them here. */
  void giveBack(String service);

  /** How many replies this node sent to exchanges that other nodes hold. */
  long repliesToOthers();
}
