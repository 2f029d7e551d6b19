package io.sparkwire.httpclient;

import java.io.InterruptedIOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/**
 * Calls from generated code, each of which is waited for. Public for that code. Runs on: task
 * thread. Not thread-safe.
 */
public final class BlockingCall implements Serializable {

  private static final long serialVersionUID = 1;

  private final ServiceCalls service;
  private transient PartitionCalls calls;

  BlockingCall(ServiceCalls service) {
    this.service = service;
  }

  /** Makes a call of {@link HttpSchema#CALL}; of {@link HttpSchema#CALLED}. */
  public InternalRow call(InternalRow call) {
    if (calls == null) {
      calls = new RowCalls(List.of(service), 0, RowCalls.NO_ID, false).open();
    }
    CompletableFuture<PartitionCalls.Ended> ended = new CompletableFuture<>();
    calls.start(new GenericInternalRow(new Object[] {call}), ended::complete);
    try {
      return OutcomeWriter.called(ended.get().outcomes().get(0));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      calls.close();
      throw new UncheckedIOException(
          new InterruptedIOException("the task was interrupted while it waited for an answer"));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
