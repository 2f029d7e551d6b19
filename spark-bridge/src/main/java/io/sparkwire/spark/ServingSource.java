package io.sparkwire.spark;

import io.sparkwire.message.ListenAddress;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.spark.node.SparkMaster;
import io.sparkwire.spark.source.SparkwireOptions;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The description of where a service listens, step by step. Runs on: driver. Not thread-safe. */
public final class ServingSource {

  private final SparkSession spark;
  private final Map<String, String> options = new HashMap<>();

  ServingSource(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Serves at {@code http://host:port/service}.
   *
   * @param host the interface; 0.0.0.0 for all
   * @param port 0 for any free one
   * @param service the service's name, and its path unless the option {@code path} says otherwise
   */
  public ServingSource server(String host, int port, String service) {
    return option(ListenAddress.HOST.name(), host)
        .option(ListenAddress.PORT.name(), Integer.toString(port))
        .option(ServiceSpec.SERVICE.name(), service);
  }

  /** The same as {@link #server}, by the name that it has in Spark Serving. */
  public ServingSource address(String host, int port, String service) {
    return server(host, port, service);
  }

  /**
   * Checks options of the source before anything starts.
   *
   * @throws IllegalArgumentException if one is unknown, missing or out of its range
   */
  public static void check(Map<String, String> options) {
    SparkwireOptions.of(options);
  }

  /**
   * Checks that Spark has a task slot for each long-running reader, as far as the master URL says.
   *
   * @param options of the source
   * @param replicas how many query replicas
   * @throws IllegalArgumentException if a reader would wait for ever
   */
  public static void checkSlots(Map<String, String> options, int replicas, String master) {
    int readers = SparkwireOptions.of(options).partitions() * replicas;
    if (SparkMaster.isLocal(master) && readers > SparkMaster.localThreads(master)) {
      throw new IllegalArgumentException(
          "option 'partitions' must leave a task slot for each of "
              + readers
              + " readers (partitions times replicas), but the master '"
              + master
              + "' has "
              + SparkMaster.localThreads(master));
    }
  }

  /** Sets an option of the source; docs/options.md has the list. */
  public ServingSource option(String name, String value) {
    options.put(name, value);
    return this;
  }

  public ServingSource options(Map<String, String> values) {
    options.putAll(values);
    return this;
  }

  public ServingSource option(String name, long value) {
    return option(name, Long.toString(value));
  }

  /**
   * The requests, as a streaming dataset with the columns {@code id} and {@code request}.
   *
   * @throws IllegalArgumentException if an option is unknown, missing or out of its range
   */
  public ServingPipeline load() {
    check(options);
    return new ServingPipeline(
        spark.readStream().format(SparkwireProvider.FORMAT).options(options).load());
  }
}
