package io.sparkwire.http;

import java.io.IOException;

class FramingTest extends FramingContract {

  @Override
  ServedNode start() {
    return new ServedNode(1);
  }

  @Override
  RawHttp connect(int to) throws IOException {
    return new RawHttp(to);
  }
}
