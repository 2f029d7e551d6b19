package io.sparkwire.load.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The private key and certificate of all servers of a comparison over TLS, in a PKCS#12 file.
 *
 * @param password in a file of its own, too
 */
public record TlsKeystore(Path file, String password, Path passwordFile) {
  private static final String PASSWORD = "load-tests";

  /** Has keytool make one for 127.0.0.1, signed by itself, with an EC key. */
  public static TlsKeystore make(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path file = directory.resolve("server.p12");
    Path passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        JavaCommand.join(
            List.of(keytool.toString(), "-genkeypair", "-alias", "server", "-dname", "CN=server"),
            List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"),
            List.of("-ext", "SAN=IP:127.0.0.1", "-storetype", "PKCS12", "-storepass", PASSWORD),
            List.of("-keystore", file.toString()));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("keytool ended with exit code " + code);
    }
    return new TlsKeystore(file, PASSWORD, passwordFile);
  }

  /** Has the clients in this JVM, and in those that it starts, trust the certificate. */
  public void trust() {
    System.setProperty(JavaCommand.TRUST_STORE, file.toString());
    System.setProperty(JavaCommand.TRUST_STORE_PASSWORD, password);
    trustAsProperties();
  }

  /** Has the default context of this JVM, which may be there already, follow the properties. */
  static void trustAsProperties() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, null, null);
      SSLContext.setDefault(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has TLS", e);
    }
  }

  /** The arguments of {@code serve}. */
  List<String> arguments() {
    return List.of(
        "--tls-keystore",
        file.toString(),
        "--tls-keystore-password-file",
        passwordFile.toString(),
        "--tls-protocols",
        BareServer.TLS);
  }
}
