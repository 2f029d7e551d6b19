package io.sparkwire.httpclient;

import io.sparkwire.httpclient.calls.HttpCall;
import io.sparkwire.message.Header;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads a row of {@link HttpSchema#CALL}. Runs on: feeder thread. Stateless. */
final class CallReader {

  private static final int METHOD = 0;
  private static final int URL = 1;
  private static final int HEADERS = 2;
  private static final int CONTENT = 3;
  private static final int CONTENT_TYPE = 4;
  private static final int CONTENT_ENCODING = 5;
  private static final int EXCEPTION = 6;
  private static final int MESSAGE = 7;

  private CallReader() {}

  /**
   * The call at one place of a row.
   *
   * @throws NoValueException if there is none
   * @throws InputParserException if an input parser failed to make one
   */
  static HttpCall read(InternalRow row, int ordinal) {
    if (row.isNullAt(ordinal)) {
      throw new NoValueException("there is no request: it is null");
    }
    InternalRow call = row.getStruct(ordinal, HttpSchema.CALL.size());
    if (!call.isNullAt(EXCEPTION)) {
      throw new InputParserException(text(call, EXCEPTION), text(call, MESSAGE));
    }
    if (call.isNullAt(METHOD) || call.isNullAt(URL)) {
      throw new NoValueException("the request has no method or no URL: it is null");
    }
    byte[] body = call.isNullAt(CONTENT) ? null : call.getBinary(CONTENT);
    return new HttpCall(text(call, METHOD), text(call, URL), headers(call), body);
  }

  private static String text(InternalRow row, int ordinal) {
    UTF8String value = row.getUTF8String(ordinal);
    return value == null ? null : value.toString();
  }

  private static List<Header> headers(InternalRow call) {
    List<Header> headers = new ArrayList<>();
    if (!call.isNullAt(HEADERS)) {
      ArrayData given = call.getArray(HEADERS);
      for (int i = 0; i < given.numElements(); i++) {
        InternalRow header = given.getStruct(i, 2);
        headers.add(new Header(text(header, 0), text(header, 1)));
      }
    }
    addUnlessGiven(headers, "Content-Type", text(call, CONTENT_TYPE));
    addUnlessGiven(headers, "Content-Encoding", text(call, CONTENT_ENCODING));
    return headers;
  }

  private static void addUnlessGiven(List<Header> headers, String name, String value) {
    if (value != null && headers.stream().noneMatch(h -> h.name().equalsIgnoreCase(name))) {
      headers.add(new Header(name, value));
    }
  }
}
