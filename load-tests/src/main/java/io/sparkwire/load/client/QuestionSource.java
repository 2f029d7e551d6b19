package io.sparkwire.load.client;

import java.net.InetSocketAddress;

/** Where a client sends its requests, and what they ask. */
interface QuestionSource {
  InetSocketAddress address();

  /** Whether its server speaks TLS. */
  default boolean isTls() {
    return false;
  }

  /** A new question, for one connection. */
  Question question();
}
