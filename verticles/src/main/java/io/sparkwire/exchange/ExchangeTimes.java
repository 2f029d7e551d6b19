package io.sparkwire.exchange;

import io.sparkwire.message.NodeId;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * When the parts of one exchange began, and who computed it; kept where an observer or the clients
 * of its service want to know.
 *
 * <p>Times are those of the exchange's clock; 0 if something has not happened, or not on this node.
 * Once the exchange has its answer, its event loop sees all of them; before, any thread may see old
 * ones.
 */
public final class ExchangeTimes {

  private static final int NANOS_PER_MICRO = 1_000;
  private static final int MICROS_PER_MILLI = 1_000;

  /*
   * Plain fields, because a volatile write costs a request more than a reading of the clock, and there
   * would be four. A task thread writes "taken", and then answers the exchange; whichever thread sets
   * the answer writes "answered" and puts the exchange in the mailbox of its event loop. Each of these
   * steps is ordered by the compare-and-set of the answer or by the mailbox, so the event loop, which
   * alone reads them then, has all that was written before.
   */
  private long handedOff;
  private long taken;
  private long answered;
  private List<Long> before = List.of();
  private int attempts;
  private NodeId worker;
  private RemoteTimes remote;

  ExchangeTimes() {}

  void handedOff(long now) {
    handedOff = now;
  }

  /** A reader of this node passes it to its pipeline. One does at a time. */
  void taken(long now) {
    if (attempts > 0) {
      before = ComputeTimes.and(before, taken);
    }
    taken = now;
    attempts++;
  }

  /** Another node has it. */
  void isAt(NodeId node) {
    worker = node;
  }

  /**
   * Another node answers it.
   *
   * @param times null if that node has not read it itself
   */
  void isAnsweredBy(NodeId node, RemoteTimes times) {
    worker = node;
    remote = times;
  }

  void answered(long now) {
    answered = now;
  }

  /** When it was handed to an intake, of this node or of another one. */
  public long handedOff() {
    return handedOff;
  }

  /** When a reader of this node last passed it to its pipeline. */
  public long taken() {
    return taken;
  }

  /** When it had its reply. */
  public long answered() {
    return answered;
  }

  /** How often readers passed it to their pipeline; 0 if that is not known. */
  public int attempts() {
    RemoteTimes elsewhere = remote;
    return elsewhere == null ? attempts : elsewhere.attempts();
  }

  /** How long it waited for a reader; -1 if that is not known. */
  public long queueNanos() {
    RemoteTimes elsewhere = remote;
    return elsewhere == null ? between(handedOff, taken) : elsewhere.queueNanos();
  }

  /** How long the pipeline took; -1 if that is not known. */
  public long pipelineNanos() {
    RemoteTimes elsewhere = remote;
    return elsewhere == null ? between(taken, answered) : elsewhere.pipelineNanos();
  }

  private static long between(long from, long to) {
    return from == 0 || to == 0 ? -1 : Math.max(0, to - from);
  }

  /** The other node that had it last; null if this one has. */
  public NodeId worker() {
    return worker;
  }

  /**
   * What readers of this node did for it; null if they did nothing.
   *
   * @param nanoTime read only if it has no answer
   */
  ComputeTimes computed(LongSupplier nanoTime) {
    return taken == 0
        ? null
        : new ComputeTimes(
            handedOff, taken, answered == 0 ? nanoTime.getAsLong() : answered, before);
  }

  /**
   * The value of {@code Server-Timing}: for the queue of the intake, the pipeline and the reply as
   * far as they are known, and for all from the head of the request on, in milliseconds.
   *
   * @param opened when the head of the request had arrived
   */
  String header(long opened, long now) {
    StringBuilder text = new StringBuilder();
    add(text, "queue", queueNanos());
    add(text, "pipeline", pipelineNanos());
    add(text, "reply", between(answered, now));
    add(text, "total", now - opened);
    return text.toString();
  }

  private static void add(StringBuilder text, String name, long nanos) {
    if (nanos < 0) {
      return;
    }
    long micros = nanos / NANOS_PER_MICRO;
    text.append(text.isEmpty() ? "" : ", ").append(name).append(";dur=");
    text.append(micros / MICROS_PER_MILLI).append('.');
    text.append(Long.toString(MICROS_PER_MILLI + micros % MICROS_PER_MILLI), 1, 4);
  }
}
