package io.sparkwire.load.client;

import static java.net.HttpURLConnection.HTTP_OK;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request of which another program has written down the bytes, with the body of its right reply.
 *
 * <p>Both may have {@link ValueText#SLOT}, where each request has a value of its own, which its
 * reply must repeat. Immutable.
 *
 * @param url an {@code http} address with host, port and path
 * @param fields the header fields besides {@code Host} and {@code Content-Length}, one per line; a
 *     character for each byte, as in both bodies
 * @param body that of the request
 * @param reply the body of the right reply
 */
record RecordedExchange(URI url, String fields, String body, String reply)
    implements QuestionSource {
  private static final String REQUEST = ".request";
  private static final String REPLY = ".reply";
  private static final String END_OF_HEAD = "\r\n\r\n";

  /**
   * Reads the pairs of files {@code NAME.request} and {@code NAME.reply}, in the order of their
   * names. A request has header fields, an empty line, and its body; lines end with CR LF.
   *
   * @throws IllegalArgumentException if there are none, or one has no empty line
   */
  static List<RecordedExchange> in(Path directory, URI url) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(REQUEST))
              .map(name -> name.substring(0, name.length() - REQUEST.length()))
              .sorted()
              .toList();
      if (names.isEmpty()) {
        throw new IllegalArgumentException("There is no file *" + REQUEST + " in " + directory);
      }
      List<RecordedExchange> exchanges = new ArrayList<>();
      for (String name : names) {
        exchanges.add(
            read(directory.resolve(name + REQUEST), directory.resolve(name + REPLY), url));
      }
      return exchanges;
    }
  }

  private static RecordedExchange read(Path request, Path reply, URI url) throws IOException {
    String text = Files.readString(request, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(END_OF_HEAD);
    if (end < 0) {
      throw new IllegalArgumentException("There is no empty line after the fields in " + request);
    }
    return new RecordedExchange(
        url,
        text.substring(0, end),
        text.substring(end + END_OF_HEAD.length()),
        Files.readString(reply, StandardCharsets.ISO_8859_1));
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  @Override
  public Question question() {
    return new ValueQuestion(request(), new ValueText(reply), true, HTTP_OK);
  }

  /** Head and body. */
  ValueText request() {
    return ValueQuestion.request(url, fields, body);
  }

  /** The same with a further header field; an empty one is none. */
  RecordedExchange with(String field) {
    String all = field.isEmpty() ? fields : fields + "\r\n" + field;
    return new RecordedExchange(url, all, body, reply);
  }
}
