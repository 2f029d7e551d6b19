package io.sparkwire.cluster;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceSpec;
import java.util.List;

/**
 * The members of the cluster, and which worker serves what, as this node knows it.
 *
 * <p>All nodes see an offer soon after it is made, and until its node leaves. Thread-safe; none of
 * its methods waits for another node.
 */
public interface Directory {

  /**
   * Lets all nodes know that this one computes a service. The latest offer for a service replaces
   * earlier ones.
   *
   * @param capacity how many requests its intake holds; 0 if no reader takes them at the moment
   */
  void offer(ServiceSpec spec, int capacity);

  /** Takes back what this node has offered. */
  void withdraw(String service);

  /** All offers of all nodes that are there, this one's among them. */
  List<ServiceOffer> offers();

  /** All nodes that are there, this one among them. */
  List<Member> members();

  /** Reports all changes from now on to a listener. */
  void listen(Listener listener);

  /**
   * A listener for changes.
   *
   * <p>Runs on: a thread of the directory, one call after the other. Must not block.
   */
  interface Listener {

    /** Offers were added or removed. */
    void changed();

    /** A node is not there any more, and neither are its offers. */
    void left(NodeId node);
  }
}
