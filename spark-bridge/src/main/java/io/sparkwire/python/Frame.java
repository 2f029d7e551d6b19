package io.sparkwire.python;

import java.nio.charset.StandardCharsets;

/** What has been received from a worker in one piece. */
@SuppressWarnings("ArrayRecordComponent") // a body that only one reader has
record Frame(FrameType type, byte[] body) {

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
