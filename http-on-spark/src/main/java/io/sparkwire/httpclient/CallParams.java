package io.sparkwire.httpclient;

import io.sparkwire.httpclient.calls.Batching;
import io.sparkwire.httpclient.calls.CallSettings;
import io.sparkwire.httpclient.calls.Retries;
import io.sparkwire.httpclient.calls.Timeouts;
import io.sparkwire.message.Header;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsWritable;

/**
 * The params of a stage that say how it calls its service.
 *
 * <p>Values are checked when the stage is used. Runs on: driver. Not thread-safe.
 */
public abstract class CallParams<S extends CallParams<S>> extends TlsParams<S>
    implements DefaultParamsWritable {

  public static final int DEFAULT_CONCURRENCY = 16;
  public static final int DEFAULT_MAX_BODY = 10 * 1024 * 1024;

  private static final long serialVersionUID = 1;

  private final IntParam concurrency;
  private final LongParam connectTimeout;
  private final LongParam requestTimeout;
  private final LongParam totalTimeout;
  private final IntParam retries;
  private final LongParam backoff;
  private final BooleanParam idempotent;
  private final IntParam maxBody;
  private final IntParam maxRedirects;
  private final HeadersParam headers;
  private transient AuthorizationProvider authorization;

  CallParams(String uid) {
    super(uid);
    concurrency = new IntParam(this, "concurrency", "calls in flight per partition, 1 to 4096");
    connectTimeout = new LongParam(this, "connectTimeout", "ms until there is a connection");
    requestTimeout = new LongParam(this, "requestTimeout", "ms that one attempt may take");
    totalTimeout = new LongParam(this, "totalTimeout", "ms for all attempts and pauses");
    retries = new IntParam(this, "retries", "how often a call is repeated at most");
    backoff = new LongParam(this, "backoff", "ms of the first pause; each next one is doubled");
    idempotent = new BooleanParam(this, "idempotent", "whether POST and PATCH are repeated too");
    maxBody = new IntParam(this, "maxBody", "largest body of an answer in bytes");
    maxRedirects = new IntParam(this, "maxRedirects", "redirects that a GET or HEAD follows");
    headers = new HeadersParam(this, "headers", "header fields of requests that lack them");
    setDefault(concurrency, DEFAULT_CONCURRENCY);
    setDefault(connectTimeout, 5_000L);
    setDefault(requestTimeout, 30_000L);
    setDefault(totalTimeout, 60_000L);
    setDefault(retries, 3);
    setDefault(backoff, 100L);
    setDefault(idempotent, false);
    setDefault(maxBody, DEFAULT_MAX_BODY);
    setDefault(maxRedirects, 5);
    setDefault(headers, Map.of());
  }

  public final IntParam concurrency() {
    return concurrency;
  }

  public final LongParam connectTimeout() {
    return connectTimeout;
  }

  public final LongParam requestTimeout() {
    return requestTimeout;
  }

  public final LongParam totalTimeout() {
    return totalTimeout;
  }

  public final IntParam retries() {
    return retries;
  }

  public final LongParam backoff() {
    return backoff;
  }

  public final BooleanParam idempotent() {
    return idempotent;
  }

  public final IntParam maxBody() {
    return maxBody;
  }

  public final IntParam maxRedirects() {
    return maxRedirects;
  }

  public final Param<Map<String, String>> headers() {
    return headers;
  }

  /** How many calls a partition has in flight at most. */
  public final S setConcurrency(int value) {
    return with(concurrency, value);
  }

  public final S setConnectTimeout(Duration value) {
    return with(connectTimeout, value.toMillis());
  }

  public final S setRequestTimeout(Duration value) {
    return with(requestTimeout, value.toMillis());
  }

  public final S setTotalTimeout(Duration value) {
    return with(totalTimeout, value.toMillis());
  }

  public final S setRetries(int value) {
    return with(retries, value);
  }

  public final S setBackoff(Duration value) {
    return with(backoff, value.toMillis());
  }

  /** Says that the service tolerates receiving a request twice, so POST may be repeated too. */
  public final S setIdempotent(boolean value) {
    return with(idempotent, value);
  }

  public final S setMaxBody(int bytes) {
    return with(maxBody, bytes);
  }

  public final S setMaxRedirects(int value) {
    return with(maxRedirects, value);
  }

  public final S setHeaders(Map<String, String> value) {
    return with(headers, new LinkedHashMap<>(value));
  }

  /**
   * Sets the source of the header {@code Authorization}. It is not saved with the model: set it
   * again after loading.
   */
  @SuppressWarnings("unchecked")
  public final S setAuthorization(AuthorizationProvider provider) {
    authorization = provider;
    return (S) this;
  }

  /** What the params say, checked. */
  final ServiceCalls service(Batching batching) {
    Timeouts timeouts =
        new Timeouts(number($(connectTimeout)), number($(requestTimeout)), number($(totalTimeout)));
    Retries repeated = new Retries((int) $(retries), number($(backoff)), (boolean) $(idempotent));
    CallSettings settings =
        new CallSettings(timeouts, repeated, (int) $(maxBody), (int) $(maxRedirects), tls());
    List<Header> fields =
        $(headers).entrySet().stream().map(e -> new Header(e.getKey(), e.getValue())).toList();
    return new ServiceCalls(settings, (int) $(concurrency), batching, fields, authorization);
  }

  private static long number(Object value) {
    return (long) value;
  }

  /** Gives a copy what is no param. */
  final <C extends CallParams<?>> C withProvider(C copy) {
    copy.setAuthorization(authorization);
    return copy;
  }
}
