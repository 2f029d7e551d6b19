package io.sparkwire.auth;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * Reads the file of clients: a JSON object with {@code keys} and {@code subjects}. Stateless.
 *
 * <pre>{@code
 * {"keys": [{"id": "0d5be8…", "sha256": "9f86d0…", "principal": "alice", "scopes": ["serve:iris"],
 *            "expires": "2027-01-01T00:00:00Z"}],
 *  "subjects": [{"subject": "CN=batch,O=Example", "principal": "batch", "scopes": ["serve:*"]}]}
 * }</pre>
 */
public final class ClientFile {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> OF_FILE = Set.of("keys", "subjects");
  private static final Set<String> OF_KEY =
      Set.of("id", "sha256", "principal", "scopes", "expires");
  private static final Set<String> OF_SUBJECT = Set.of("subject", "principal", "scopes", "expires");

  private ClientFile() {}

  /**
   * What a file has.
   *
   * @throws IllegalStateException if it cannot be read
   */
  static Buffer read(String file) {
    try {
      return Buffer.buffer(Files.readAllBytes(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("there is no file '" + file + "'", e);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read '" + file + "': " + e.getMessage(), e);
    }
  }

  /**
   * The clients that a content names.
   *
   * @throws IllegalStateException if it is not such a file; says where, and no secret
   */
  static ClientList parse(Buffer content) {
    JsonObject file = object(content);
    requireKnown(file, OF_FILE, "the file of clients");
    Map<String, ClientList.Client> keys = new HashMap<>();
    Map<String, ClientList.Client> subjects = new HashMap<>();
    for (Object entry : array(file, "keys")) {
      JsonObject key = entry(entry, OF_KEY, "keys", keys.size());
      put(keys, text(key, "id", ID, "12 hexadecimal digits in lower case"), client(key, true));
    }
    for (Object entry : array(file, "subjects")) {
      JsonObject subject = entry(entry, OF_SUBJECT, "subjects", subjects.size());
      put(subjects, subject(subject), client(subject, false));
    }
    return new ClientList(keys, subjects);
  }

  /**
   * The content with one API key more.
   *
   * @param content null if there is no file yet
   * @param expires from when on it is of no use; null for never
   * @throws IllegalStateException if the content is not that of such a file, or the principal has a
   *     name or a scope that is none
   */
  public static Buffer withKey(Buffer content, ApiKey key, Principal principal, Instant expires) {
    JsonObject file = content == null ? new JsonObject() : object(content);
    JsonObject entry =
        new JsonObject()
            .put("id", key.id())
            .put("sha256", HexFormat.of().formatHex(key.digest()))
            .put("principal", principal.name())
            .put("scopes", new JsonArray(principal.scopes().stream().sorted().toList()));
    if (expires != null) {
      entry.put("expires", expires.toString());
    }
    file.put("keys", array(file, "keys").copy().add(entry));
    Buffer all = Buffer.buffer(file.encodePrettily() + "\n");
    parse(all);
    return all;
  }

  private static JsonObject object(Buffer content) {
    try {
      return content.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalStateException("the file of clients is no JSON object", e);
    }
  }

  private static void put(
      Map<String, ClientList.Client> clients, String id, ClientList.Client client) {
    require(clients.put(id, client) == null, "the file of clients has '" + id + "' twice");
  }

  private static JsonArray array(JsonObject file, String name) {
    Object value = file.getValue(name, new JsonArray());
    require(value instanceof JsonArray, "'" + name + "' must be an array");
    return (JsonArray) value;
  }

  private static JsonObject entry(Object value, Set<String> members, String list, int index) {
    String place = list + "[" + index + "]";
    require(value instanceof JsonObject, "'" + place + "' must be an object");
    requireKnown((JsonObject) value, members, place);
    return (JsonObject) value;
  }

  private static void requireKnown(JsonObject object, Set<String> members, String place) {
    for (String name : object.fieldNames()) {
      require(members.contains(name), "unknown member '" + name + "' in " + place);
    }
  }

  private static ClientList.Client client(JsonObject entry, boolean isKey) {
    byte[] digest =
        isKey
            ? HexFormat.of()
                .parseHex(text(entry, "sha256", DIGEST, "64 hexadecimal digits in lower case"))
            : new byte[0];
    return new ClientList.Client(
        digest, new Principal(principal(entry), scopes(entry)), expires(entry));
  }

  private static String text(JsonObject entry, String member, Pattern form, String allowed) {
    boolean good = entry.getValue(member) instanceof String text && form.matcher(text).matches();
    require(good, "'" + member + "' must be " + allowed); // whatever it is may be a secret
    return entry.getString(member);
  }

  private static String principal(JsonObject entry) {
    boolean good = entry.getValue("principal") instanceof String text && Principal.isName(text);
    require(good, "'principal' must be 1 to 255 characters without control characters");
    return entry.getString("principal");
  }

  /** As the JDK writes the name that it reads, so that texts may be compared. */
  private static String subject(JsonObject entry) {
    Object name = entry.getValue("subject");
    require(name instanceof String, "'subject' must be a distinguished name");
    try {
      return new X500Principal((String) name).getName();
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("'" + name + "' is no distinguished name", e);
    }
  }

  private static Set<String> scopes(JsonObject entry) {
    Object scopes = entry.getValue("scopes");
    require(scopes instanceof JsonArray, "'scopes' must be an array");
    List<?> list = ((JsonArray) scopes).getList();
    for (Object scope : list) {
      require(
          scope instanceof String text && Scope.isKnown(text),
          "a scope must be 'admin', 'serve:*' or 'serve:NAME', got '" + scope + "'");
    }
    return list.stream().map(String.class::cast).collect(Collectors.toSet());
  }

  private static Instant expires(JsonObject entry) {
    Object time = entry.getValue("expires");
    if (time == null) {
      return Instant.MAX;
    }
    try {
      return Instant.parse((String) time);
    } catch (DateTimeException | ClassCastException e) {
      throw new IllegalStateException(
          "'expires' must be a time such as 2027-01-01T00:00:00Z, got '" + time + "'", e);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }
}
