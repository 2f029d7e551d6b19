package io.sparkwire.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An example of what clients send to a service, which its pipeline can answer.
 *
 * <p>Never changed once made, so any thread may read it.
 *
 * @param contentType of the body
 * @param body the entity
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WarmUpRequest(String contentType, byte[] body) {

  /**
   * It as HTTP/1.1 has it, for that service; a path parameter has its own name as value.
   *
   * @param credentials header fields beside its own
   */
  public byte[] bytes(ServiceSpec service, List<Header> credentials) {
    String method = service.route().methods().iterator().next();
    String head =
        method
            + ' '
            + new ServicePath(service.route().path()).example()
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + body.length
            + "\r\n"
            + credentials.stream()
                .map(field -> field.name() + ": " + field.value() + "\r\n")
                .collect(Collectors.joining())
            + "\r\n";
    byte[] headBytes = head.getBytes(ISO_8859_1);
    byte[] all = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(body, 0, all, headBytes.length, body.length);
    return all;
  }
}
