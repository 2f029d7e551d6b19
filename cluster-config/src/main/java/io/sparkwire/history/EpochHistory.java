package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;
import java.util.List;
import java.util.function.Supplier;

/**
 * The record of the unfinished requests that each (service, query, epoch, partition) has pulled.
 *
 * <p>An implementation keeps its size within a small multiple of the unfinished requests, however
 * long an epoch lasts; with {@link Replay#EXACT}, of the requests of the epochs that Spark has not
 * committed. Runs on: task thread and driver. Thread-safe.
 */
public interface EpochHistory {

  /**
   * Begins an attempt at one reader's share of an epoch. What earlier attempts pulled and did not
   * finish belongs to the new attempt from then on.
   */
  Attempt begin(EpochShare key, Replay replay);

  /** Forgets all epochs of a query up to and including {@code epoch}: Spark has committed them. */
  void committed(String service, String query, long epoch);

  /**
   * The unfinished requests of all that were handed over in the epochs of a query up to and
   * including {@code epoch}, by attempts whose tasks have ended well. They stay in the history.
   */
  List<PendingRequest> unanswered(String service, String query, long epoch);

  /**
   * Forgets all that belongs to a query which has ended.
   *
   * @return what it left unfinished, for others to take
   */
  List<PendingRequest> reclaim(String service, String query);

  /**
   * Forgets what this JVM knows of a query that it reads for no more, and that may be started again
   * from where it was.
   */
  void release(String service, String query);

  /**
   * Forgets one share.
   *
   * @return what the attempts at it left unfinished
   */
  List<PendingRequest> reclaim(EpochShare key);

  /** How many unfinished requests it holds. */
  int size();

  /** How many of them belong to one query. */
  int size(String service, String query);

  /** How many bytes of it are on their way to other nodes; 0 if it stays in this JVM. */
  default long bytesWriting() {
    return 0;
  }

  /** One try of one task at its share of an epoch. Thread-safe, but for one reader. */
  interface Attempt {

    /** Takes the next request to replay, in the order of earlier attempts; null if none is left. */
    PendingRequest replay();

    /**
     * Whether requests that no attempt had before may be pulled: false if the epoch is to have the
     * same ones again, or no room for more.
     */
    boolean takesNew();

    /**
     * Takes a request that no attempt had before, and perhaps more, which {@link #replay} returns
     * then. May block while the record in other nodes is written.
     *
     * @param source gives the next that waits, or null
     * @return null if none is there
     * @throws IllegalStateException if that record cannot be written; what was taken is then given
     *     back
     */
    default PendingRequest draw(Supplier<PendingRequest> source) {
      return source.get();
    }

    /**
     * How many attempts in a row have got no further than the ones before. Always 0 where each
     * failure adds knowledge.
     */
    int timesInVain();

    /**
     * Records a request before it enters the pipeline.
     *
     * @return false if another attempt or the end of the query has taken over: then it is not
     *     recorded, and must be left to others
     */
    boolean pulled(PendingRequest request);

    /** The unfinished requests that this attempt handed over, in that order. */
    List<PendingRequest> handedOver();

    /**
     * Whether the pipeline may have more of what this attempt handed over: requests that ended
     * without a reply, and that it may not have come to yet.
     */
    boolean mayHaveHandedOverMore();

    /** Takes out what earlier attempts left and this one did not hand over. */
    List<PendingRequest> giveBack();

    /** The task has ended well: what it handed over is the epoch. */
    void complete();

    /** The task has failed, and some of what it handed over may have been quarantined for that. */
    default void failed() {}
  }
}
