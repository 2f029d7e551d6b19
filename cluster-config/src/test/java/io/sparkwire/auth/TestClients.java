package io.sparkwire.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A file of clients for tests, which is written anew with each one. Not thread-safe. */
public final class TestClients {

  private final JsonArray keys = new JsonArray();
  private final JsonArray subjects = new JsonArray();
  private final Path file;

  public TestClients(Path directory) {
    this.file = directory.resolve("clients.json");
    write();
  }

  /** Adds a client with these scopes; returns its API key. */
  public String add(String principal, String... scopes) {
    return add(principal, null, scopes);
  }

  /** The same of one that has expired. */
  public String addExpired(String principal, String... scopes) {
    return add(principal, "2020-01-01T00:00:00Z", scopes);
  }

  private String add(String principal, String expires, String... scopes) {
    ApiKey key = ApiKey.random(new SecureRandom());
    JsonObject entry =
        new JsonObject()
            .put("id", key.id())
            .put("sha256", HexFormat.of().formatHex(key.digest()))
            .put("principal", principal)
            .put("scopes", new JsonArray(List.of(scopes)));
    keys.add(expires == null ? entry : entry.put("expires", expires));
    write();
    return key.text();
  }

  /** Adds one that is known by the subject of its certificate. */
  public void addSubject(String subject, String principal, String... scopes) {
    subjects.add(
        new JsonObject()
            .put("subject", subject)
            .put("principal", principal)
            .put("scopes", new JsonArray(List.of(scopes))));
    write();
  }

  /** Removes all keys of a principal. */
  public void remove(String principal) {
    for (int i = keys.size() - 1; i >= 0; i--) {
      if (keys.getJsonObject(i).getString("principal").equals(principal)) {
        keys.remove(i);
      }
    }
    write();
  }

  private void write() {
    try {
      Files.writeString(
          file, new JsonObject().put("keys", keys).put("subjects", subjects).encodePrettily());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The options that name the file. */
  public Map<String, String> options() {
    return Map.of("auth-file", file.toString());
  }
}
