package io.sparkwire.auth;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The clients that a file names, by their API keys and by the subjects of their certificates.
 * Immutable.
 *
 * <p>A wrong key takes as long to refuse whatever it has in common with a right one: its digest is
 * compared in constant time, and a key with an unknown id is compared with a digest that none has.
 */
final class ClientList {

  static final String UNKNOWN_KEY = "the API key is not known";
  static final String EXPIRED_KEY = "the API key has expired";
  static final String UNKNOWN_SUBJECT = "the subject of the certificate is not known";
  static final String EXPIRED_SUBJECT = "what the certificate's subject may do has expired";

  private static final Client NOT_THERE =
      new Client(new byte[32], new Principal("", Set.of()), Instant.MAX);

  private final Map<String, Client> keys;
  private final Map<String, Client> subjects;

  /**
   * One entry.
   *
   * @param digest of its key; empty for a subject
   * @param expires from when on it is of no use
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  record Client(byte[] digest, Principal principal, Instant expires) {}

  /**
   * @param keys by their ids
   * @param subjects as RFC 2253 writes them
   */
  ClientList(Map<String, Client> keys, Map<String, Client> subjects) {
    this.keys = Map.copyOf(keys);
    this.subjects = Map.copyOf(subjects);
  }

  int size() {
    return keys.size() + subjects.size();
  }

  /** Whose API key it is. */
  Verdict key(String text, Instant now) {
    ApiKey key = ApiKey.of(text);
    if (key == null) {
      return Verdict.refused(UNKNOWN_KEY);
    }
    Client client = keys.getOrDefault(key.id(), NOT_THERE);
    boolean equal = MessageDigest.isEqual(client.digest(), key.digest());
    return equal ? verdict(client, now, EXPIRED_KEY) : Verdict.refused(UNKNOWN_KEY);
  }

  /** The client with that subject; its certificate has been checked. */
  Verdict subject(String name, Instant now) {
    Client client = subjects.get(name);
    return client == null
        ? Verdict.refused(UNKNOWN_SUBJECT)
        : verdict(client, now, EXPIRED_SUBJECT);
  }

  private static Verdict verdict(Client client, Instant now, String expired) {
    return now.isBefore(client.expires())
        ? Verdict.of(client.principal())
        : Verdict.refused(expired);
  }
}
