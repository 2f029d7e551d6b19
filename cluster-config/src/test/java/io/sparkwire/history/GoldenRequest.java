package io.sparkwire.history;

/** The bytes of one request, which whatever holds requests must have in it. */
public final class GoldenRequest {

  /** {@code FakePendingRequest.number(7)}. */
  public static final String NUMBER_7 =
      "000000026e310000000000000007" // id
          + "0000000173" // service
          + "00000004504f5354" // method
          + "000000022f73" // uri
          + "00000008485454502f312e31" // protocol version
          + "0000000000000000" // received at
          + "ffffffff" // headers
          + "ffffffff" // path parameters
          + "00000000" // body
          + "00000000"; // format

  private GoldenRequest() {}
}
