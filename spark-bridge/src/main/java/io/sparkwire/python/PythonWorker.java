package io.sparkwire.python;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A Python process that runs functions, seen from the JVM.
 *
 * <p>One thread at a time uses a worker: the one that has taken it from its {@link PythonPool}. A
 * <i>run</i> is one pass of the functions over a stream of batches: an Arrow stream has its schema
 * once per run, at the beginning of both directions. A run goes on after the worker has been given
 * back, and with the thread that takes it next.
 *
 * <p>A thread that is interrupted while it sends or receives loses the worker.
 *
 * <p>Runs on: the thread that has taken it. Not thread-safe.
 */
public final class PythonWorker {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final WorkerChannel channel;
  private final long pid;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private long run = 1;
  private boolean ended;
  private Object attachment;

  private PythonWorker(WorkerChannel channel, long pid) {
    this.channel = channel;
    this.pid = pid;
  }

  /**
   * Connects with the server at this address, which forks the worker. {@link #load} must follow.
   *
   * @throws WorkerException if it ends, or does not say anything in that time
   */
  static PythonWorker connect(Path address, Duration timeout) throws IOException, WorkerException {
    WorkerChannel channel = WorkerChannel.connect(address);
    try {
      Frame hello = receive(channel, System.nanoTime() + timeout.toNanos(), "a Python worker");
      return new PythonWorker(channel, ByteBuffer.wrap(hello.body()).getLong());
    } catch (WorkerException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Has it load functions, and waits until they ask for their first batch.
   *
   * @throws WorkerException if it ends, they raise an exception, or it takes longer
   */
  void load(PythonFunctions functions, Duration timeout) throws WorkerException {
    long deadline = System.nanoTime() + timeout.toNanos();
    send(FrameType.START, StartFrame.of(functions));
    while (!follow(receive(channel, deadline, toString()))) {
      // functions may write before they read
    }
  }

  /**
   * The number of the current run: 1 at first. It grows with {@link #restart}, also when the pool
   * calls it.
   */
  public long run() {
    return run;
  }

  /** The id of its process. */
  public long pid() {
    return pid;
  }

  /** What {@link #attach} was last called with; null at first. */
  public Object attachment() {
    return attachment;
  }

  /**
   * Keeps what belongs to the worker's current run, like an encoder, for the next that takes it.
   */
  public void attach(Object state) {
    attachment = state;
  }

  /**
   * Sends what the functions read next. Never blocks: what the socket does not take is sent by
   * {@link #receive}. The buffer belongs to the worker until its output has been received.
   *
   * @throws WorkerLostException if its process has ended
   */
  public void send(ByteBuffer batch) throws WorkerLostException {
    send(FrameType.DATA, batch);
  }

  private void send(FrameType type, ByteBuffer body) throws WorkerLostException {
    try {
      channel.send(type, body);
    } catch (IOException e) {
      throw lost(toString(), e);
    }
  }

  /**
   * All output of the oldest batch that was sent and has not been received: what functions write
   * until they ask for the next batch.
   *
   * @param timeoutNanos how long to wait for it
   * @throws WorkerLostException if its process has ended
   * @throws PythonException if the functions have raised an exception: the run has ended, and this
   *     batch and those sent after it are lost
   * @throws WorkerTimeoutException if it takes longer
   */
  public byte[] receive(long timeoutNanos)
      throws WorkerLostException, PythonException, WorkerTimeoutException {
    long deadline = System.nanoTime() + timeoutNanos;
    FrameType type;
    do {
      Frame frame = receive(channel, deadline, toString());
      follow(frame);
      type = frame.type();
    } while (type != FrameType.NEXT && type != FrameType.RETURNED);
    byte[] all = output.toByteArray();
    output.reset();
    return all;
  }

  /** Returns whether the functions have asked for a batch, or returned. */
  private boolean follow(Frame frame) throws PythonException {
    switch (frame.type()) {
      case DATA -> output.writeBytes(frame.body());
      case RETURNED -> ended = true;
      case EXCEPTION -> {
        ended = true;
        output.reset();
        throw exception(new JsonObject(frame.text()));
      }
      default -> {}
    }
    return frame.type() != FrameType.DATA;
  }

  private static PythonException exception(JsonObject json) {
    return new PythonException(
        json.getString("type"), json.getString("message"), json.getString("traceback"));
  }

  private static Frame receive(WorkerChannel channel, long deadline, String worker)
      throws WorkerLostException, WorkerTimeoutException {
    try {
      return channel.receive(deadline);
    } catch (IOException e) {
      throw lost(worker, e);
    } catch (TimeoutException e) {
      throw new WorkerTimeoutException(worker + " still computes when its time is over");
    }
  }

  private static WorkerLostException lost(String worker, IOException cause) {
    return new WorkerLostException(worker + " has ended: " + cause.getMessage());
  }

  /**
   * Whether the functions have returned, as an iterator may at any time, or raised an exception.
   * Then batches sent after the last one received are lost, and the worker must be restarted before
   * it gets the next.
   */
  public boolean ended() {
    return ended;
  }

  /**
   * Begins a new run of the same functions, which stay imported.
   *
   * @throws WorkerLostException if its process has ended
   */
  public void restart() throws WorkerLostException {
    ended = false;
    attachment = null;
    run++;
    send(FrameType.START, NOTHING.duplicate());
  }

  /** Tells the functions that there is no more data, and closes the connection. */
  void end() {
    try (channel) {
      channel.send(FrameType.END, NOTHING.duplicate());
    } catch (IOException e) {
      // its process has ended
    }
  }

  /** As it is named in messages, like {@code Python worker 4711}. */
  @Override
  public String toString() {
    return "Python worker " + pid;
  }
}
