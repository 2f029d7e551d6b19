package io.sparkwire.tls;

import io.netty.handler.ssl.ClientAuth;

/** Whether a listener asks clients for a certificate, which its trusted certificates must sign. */
public enum ClientCertificates {
  OFF(ClientAuth.NONE),
  OPTIONAL(ClientAuth.OPTIONAL),
  REQUIRED(ClientAuth.REQUIRE);

  private final ClientAuth netty;

  ClientCertificates(ClientAuth netty) {
    this.netty = netty;
  }

  ClientAuth netty() {
    return netty;
  }
}
