package io.sparkwire.replystore;

import io.sparkwire.message.NodeId;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * The requests whose replies are kept beyond their connection, by key.
 *
 * <p>An answered request is forgotten when its time is over, or when there are too many, the oldest
 * first; a running one only when its time is over. Thread-safe; nothing but {@link #heldBy} blocks,
 * and stages complete on any thread.
 */
public interface ReplyStore {

  /** Replies take at most so much of a node's heap. */
  int HEAP_PERCENTAGE = 10;

  /** The holder to {@link #change} from where a key is to be new. */
  String NEW = "+";

  /**
   * Changes what is kept under a key, if it is still running and held by {@code holder}; done when
   * it can survive this node.
   *
   * @param holder {@link #NEW} if nothing may be there yet
   * @param next null to forget the key
   * @param time how long it is kept from now on
   */
  CompletionStage<Outcome> change(String key, String holder, StoredReply next, Duration time);

  /** What is kept under a key; null if nothing is. */
  CompletionStage<StoredReply> find(String key);

  /** Forgets a key; says whether there was something to forget. */
  CompletionStage<Boolean> forget(String key);

  /** The keys that are running and have one of these holders. Blocks. */
  Collection<String> heldBy(String... holders);

  /** The keys that a node has left running, and those without a holder. Blocks. */
  default Collection<String> leftBy(NodeId lost) {
    return heldBy(lost.text(), StoredReply.NO_HOLDER);
  }

  /** What it takes of this node at the moment. */
  Usage usage();

  /**
   * What a store takes of a node.
   *
   * @param entries that the node itself keeps
   * @param bytes of heap, about; with backups of what others keep
   */
  record Usage(long entries, long bytes) {}

  /**
   * What became of a change.
   *
   * @param done whether it was made
   * @param found what was in its way; null if it was made, or if nothing is there
   */
  record Outcome(boolean done, StoredReply found) {

    static Outcome of(StoredReply found, String holder) {
      boolean done = found == null ? holder.equals(NEW) : found.holder().equals(holder);
      return new Outcome(done, done ? null : found);
    }
  }
}
