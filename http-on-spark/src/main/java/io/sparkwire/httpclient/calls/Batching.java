package io.sparkwire.httpclient.calls;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How bodies in JSON travel together: as one array, and back as the elements of one. Immutable.
 *
 * @param size how many at most; 1 for none
 * @param waitMillis how long the first of a batch waits for others
 * @param flatten whether each gets its element of the answer; if not, each gets all of it
 */
public record Batching(int size, long waitMillis, boolean flatten) implements Serializable {

  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  public static final Batching NONE = new Batching(1, 0, true);

  public Batching {
    if (size < 1) {
      throw new IllegalArgumentException(
          "param 'batchSize' must be at least 1, got '" + size + "'");
    }
    if (waitMillis < 0) {
      throw new IllegalArgumentException(
          "param 'batchWait' must be 0 ms or more, got '" + waitMillis + "'");
    }
  }

  public boolean isOn() {
    return size > 1;
  }

  /** One call whose body is the array of all bodies. */
  HttpCall join(List<HttpCall> calls) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write('[');
    for (int i = 0; i < calls.size(); i++) {
      if (i > 0) {
        all.write(',');
      }
      byte[] body = calls.get(i).body();
      all.writeBytes(body == null ? NULL : body);
    }
    all.write(']');
    HttpCall first = calls.get(0);
    return new HttpCall(first.method(), first.url(), first.headers(), all.toByteArray());
  }

  /** What each of {@code number} calls gets of the answer to all. */
  List<CallOutcome> split(CallOutcome outcome, int number) {
    if (!flatten || !outcome.isWhole() || !outcome.answer().isSuccess()) {
      return Collections.nCopies(number, outcome);
    }
    try {
      List<byte[]> elements = JsonText.elements(outcome.answer().body());
      if (elements.size() != number) {
        throw new InvalidBodyException(
            "the answer to a batch of " + number + " has " + elements.size() + " elements");
      }
      List<CallOutcome> parts = new ArrayList<>(number);
      for (byte[] element : elements) {
        parts.add(new CallOutcome(outcome.answer().withBody(element), outcome.attempts(), null));
      }
      return parts;
    } catch (InvalidBodyException e) {
      CallOutcome failed = new CallOutcome(outcome.answer(), outcome.attempts(), e);
      return Collections.nCopies(number, failed);
    }
  }
}
