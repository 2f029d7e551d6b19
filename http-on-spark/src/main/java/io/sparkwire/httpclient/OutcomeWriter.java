package io.sparkwire.httpclient;

import io.sparkwire.httpclient.calls.CallOutcome;
import io.sparkwire.httpclient.calls.Failures;
import io.sparkwire.httpclient.calls.HttpAnswer;
import io.sparkwire.httpclient.calls.UnexpectedStatusException;
import io.sparkwire.message.Header;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** Writes a row of {@link HttpSchema#OUTCOME}. Runs on: task thread. Stateless. */
final class OutcomeWriter {

  private OutcomeWriter() {}

  static InternalRow of(CallOutcome outcome) {
    return row(
        outcome.isWhole() ? response(outcome.answer()) : null, outcome.attempts(), error(outcome));
  }

  /** The same as a row of {@link HttpSchema#CALLED}. */
  static InternalRow called(CallOutcome outcome) {
    InternalRow error = error(outcome);
    if (!outcome.isWhole()) {
      return row(null, null, null, error);
    }
    Object[] parts = ((GenericInternalRow) response(outcome.answer())).values();
    return row(parts[0], parts[1], parts[2], error);
  }

  private static InternalRow response(HttpAnswer answer) {
    return row(
        row(text(answer.protocol()), answer.status(), text(answer.reason())),
        headers(answer.headers()),
        row(
            answer.body(),
            text(answer.header("Content-Type")),
            text(answer.header("Content-Encoding")),
            (long) answer.body().length));
  }

  private static GenericArrayData headers(List<Header> headers) {
    return new GenericArrayData(
        headers.stream().map(h -> row(text(h.name()), text(h.value()))).toArray());
  }

  private static InternalRow error(CallOutcome outcome) {
    HttpAnswer answer = outcome.answer();
    if (!outcome.isWhole()) {
      return error(outcome, outcome.failure());
    }
    return answer.isSuccess()
        ? null
        : error(outcome, new UnexpectedStatusException(answer.status(), answer.reason()));
  }

  private static InternalRow error(CallOutcome outcome, Throwable failure) {
    HttpAnswer answer = outcome.answer();
    String name =
        failure instanceof InputParserException none ? none.exception() : Failures.name(failure);
    return row(
        answer == null ? null : answer.status(),
        outcome.attempts(),
        text(name),
        text(Failures.message(failure)),
        answer == null ? null : text(answer.startOfBody()));
  }

  private static InternalRow row(Object... values) {
    return new GenericInternalRow(values);
  }

  private static UTF8String text(String value) {
    return UTF8String.fromString(value); // null stays null
  }
}
