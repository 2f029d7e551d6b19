package io.sparkwire.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * The keys of a server for the first handshake of each connection.
 *
 * <p>In TLS 1.2 a client may ask for any number of further ones, each of which costs the server
 * much more than the client, and may show another certificate in each. They fail. Immutable.
 */
final class FirstHandshakeKeys extends X509ExtendedKeyManager {

  /** The protocol of a connection that has not had its first handshake. */
  private static final String NONE = "NONE";

  private final X509KeyManager keys;

  FirstHandshakeKeys(X509KeyManager keys) {
    this.keys = keys;
  }

  @Override
  public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
    return engine.getSession().getProtocol().equals(NONE)
        ? keys.chooseServerAlias(type, issuers, null)
        : null;
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return keys.chooseServerAlias(type, issuers, socket);
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return keys.getServerAliases(type, issuers);
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return keys.getClientAliases(type, issuers);
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return keys.chooseClientAlias(types, issuers, socket);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return keys.getCertificateChain(alias);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return keys.getPrivateKey(alias);
  }
}
