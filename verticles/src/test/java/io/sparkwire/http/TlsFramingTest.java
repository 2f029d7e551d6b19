package io.sparkwire.http;

import io.sparkwire.tls.TestAuthority;
import io.sparkwire.tls.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.io.TempDir;

class TlsFramingTest extends FramingContract {

  private static final TestAuthority AUTHORITY = TestAuthority.named("authority");

  @TempDir private static Path directory;

  private final SSLContext client = TestIdentity.trusting(AUTHORITY.certificate());

  @Override
  ServedNode start() {
    return new ServedNode(AUTHORITY.issue("CN=node").write(directory));
  }

  @Override
  RawHttp connect(int to) throws IOException {
    return new RawHttp(client, to);
  }
}
