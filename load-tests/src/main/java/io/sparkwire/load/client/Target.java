package io.sparkwire.load.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a client sends its requests, and what they ask.
 *
 * @param url an {@code http} or {@code https} address with host, port and path
 * @param field a further header field of each request, as {@code name: value}; empty for none
 */
public record Target(URI url, Requests requests, String field) implements QuestionSource {
  private static final String TLS = "https";

  public Target {
    boolean isWeb = "http".equals(url.getScheme()) || TLS.equals(url.getScheme());
    if (!isWeb || url.getPort() < 0 || url.getRawPath().isEmpty()) {
      throw new IllegalArgumentException(
          "A target is http://host:port/path, for instance http://127.0.0.1:8888/echo; got " + url);
    }
  }

  /** One whose requests have no further field. */
  public Target(URI url, Requests requests) {
    this(url, requests, "");
  }

  /** A path on this machine. */
  public static Target at(int port, String path, Requests requests) {
    return new Target(URI.create("http://127.0.0.1:" + port + path), requests);
  }

  /** The same over TLS. */
  public Target secured() {
    URI other = URI.create(url.toString().replaceFirst("^http:", TLS + ":"));
    return new Target(other, requests, field);
  }

  /** The same, with a further header field in each request. */
  public Target with(String other) {
    return new Target(url, requests, other);
  }

  /** The arguments of a client command for the same target. */
  public List<String> arguments() {
    return Stream.concat(
            Stream.of("--url", url.toString(), "--field", field), requests.arguments().stream())
        .toList();
  }

  @Override
  public boolean isTls() {
    return TLS.equals(url.getScheme());
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  @Override
  public Question question() {
    return requests.question(url, field);
  }
}
