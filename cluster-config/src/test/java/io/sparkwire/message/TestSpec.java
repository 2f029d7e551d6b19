package io.sparkwire.message;

import io.sparkwire.options.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A service for tests, on any free port of the loopback interface and at the path of its name. */
public final class TestSpec {

  private final String name;
  private int port;
  private String path;
  private Set<String> methods = Set.of("POST");
  private boolean batch;
  private Set<ServiceProtocol> protocols = RouteSpec.PROTOCOLS.defaultValue();
  private boolean docs = true;
  private int maxInFlight = 100;
  private int maxRows = 1_000;
  private long maxBodyBytes = 1_000;
  private Duration timeout = Duration.ofSeconds(30);
  private ReplyRetention retention = ReplyRetention.OFF;
  private ResponseOptions responses = ResponseOptions.DEFAULT;
  private ServiceSchema schema = ServiceSchema.UNKNOWN;

  private TestSpec(String name) {
    this.name = name;
    this.path = "/" + name;
  }

  public static TestSpec of(String name) {
    return new TestSpec(name);
  }

  public TestSpec port(int number) {
    port = number;
    return this;
  }

  public TestSpec path(String text) {
    path = text;
    return this;
  }

  public TestSpec methods(Set<String> served) {
    methods = served;
    return this;
  }

  /** Bodies of many rows are requests. */
  public TestSpec batch(int mostRows) {
    batch = true;
    maxRows = mostRows;
    return this;
  }

  public TestSpec protocols(ServiceProtocol... spoken) {
    protocols = Set.of(spoken);
    return this;
  }

  /** Clients are not told of it. */
  public TestSpec withoutDocs() {
    docs = false;
    return this;
  }

  public TestSpec schema(String body, String reply) {
    schema = new ServiceSchema(body, reply);
    return this;
  }

  public TestSpec maxInFlight(int bound) {
    maxInFlight = bound;
    return this;
  }

  public TestSpec maxBodyBytes(long bound) {
    maxBodyBytes = bound;
    return this;
  }

  public TestSpec timeout(Duration limit) {
    timeout = limit;
    return this;
  }

  public TestSpec retention(ReplyRetention times) {
    retention = times;
    return this;
  }

  /** Sets options of responses by their keys, with their values in turn. */
  public TestSpec responses(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    responses = ResponseOptions.of(new Options(values, ResponseOptions.ALL));
    return this;
  }

  public ServiceSpec build() {
    return new ServiceSpec(
        name,
        new ListenAddress("127.0.0.1", port),
        new RouteSpec(path, methods, batch, protocols, docs),
        new ServiceLimits(maxInFlight, maxBodyBytes, maxRows, timeout),
        retention,
        responses,
        schema);
  }
}
