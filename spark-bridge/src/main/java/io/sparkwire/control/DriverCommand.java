package io.sparkwire.control;

import io.sparkwire.cluster.ServiceSpecJson;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.WarmUpRequest;
import io.vertx.core.json.JsonObject;

/**
 * A command of a driver to its executors' nodes, and how a node carries it out. Each is a call of
 * {@link ServiceControl}, with its arguments and its result in JSON.
 */
enum DriverCommand {
  SERVE(
      (service, order, result) -> {
        ServiceSpec spec = ServiceSpecJson.read(order.getJsonObject(DriverCommand.SPEC));
        service.serve(
            spec, order.getString(DriverCommand.OWNER), order.getInteger(DriverCommand.VERSION));
      }),
  LOOK(
      (service, order, result) ->
          result.mergeIn(service.version(order.getInteger(DriverCommand.VERSION)).toJson())),
  LOAD((service, order, result) -> result.mergeIn(service.load().toJson())),
  AWAIT(
      (service, order, result) ->
          result.put(
              DriverCommand.CAME,
              service.awaitRequest(
                  order.getInteger(DriverCommand.VERSION), order.getLong(DriverCommand.NANOS)))),
  COMMITTED(
      (service, order, result) ->
          service.committed(
              order.getString(DriverCommand.QUERY), order.getLong(DriverCommand.EPOCH))),
  EPOCH_ENDED(
      (service, order, result) ->
          service.epochEnded(
              order.getString(DriverCommand.QUERY), order.getLong(DriverCommand.EPOCH))),
  CAME_OUT(
      (service, order, result) ->
          service.cameOut(order.getLong(DriverCommand.TASK), order.getLong(DriverCommand.ROWS))),
  ENDED((service, order, result) -> service.ended(order.getString(DriverCommand.QUERY))),
  SWITCH_TO(
      (service, order, result) ->
          service.switchTo(
              order.getInteger(DriverCommand.VERSION),
              ServiceSpecJson.readSchema(order.getJsonObject(DriverCommand.SCHEMA)))),
  END_EPOCHS(
      (service, order, result) -> service.endEpochs(order.getInteger(DriverCommand.VERSION))),
  RETIRE((service, order, result) -> service.retire(order.getInteger(DriverCommand.VERSION))),
  WARM_UP(
      (service, order, result) -> {
        byte[] body = order.getBinary(DriverCommand.BODY);
        service.warmUp(
            ServiceSpecJson.read(order.getJsonObject(DriverCommand.SPEC)),
            order.getInteger(DriverCommand.VERSION),
            body == null
                ? null
                : new WarmUpRequest(order.getString(DriverCommand.CONTENT_TYPE), body));
      }),
  FAILING((service, order, result) -> service.failing(order.getBoolean(DriverCommand.NOW))),
  STOP_TAKING((service, order, result) -> service.stopTaking()),
  RELEASE((service, order, result) -> service.release(order.getString(DriverCommand.OWNER)));

  static final String ORDER = "order";
  static final String DRIVER = "driver";
  static final String SERVICE = "service";
  static final String SPEC = "spec";
  static final String SCHEMA = "schema";
  static final String OWNER = "owner";
  static final String VERSION = "version";
  static final String NANOS = "nanos";
  static final String CAME = "came";
  static final String QUERY = "query";
  static final String EPOCH = "epoch";
  static final String TASK = "task";
  static final String NOW = "now";
  static final String ROWS = "rows";
  static final String CONTENT_TYPE = "contentType";
  static final String BODY = "body";

  /** How a node carries out one of them. */
  @FunctionalInterface
  private interface Action {
    void carryOut(ServiceControl service, JsonObject order, JsonObject result);
  }

  @SuppressWarnings("ImmutableEnumChecker") // the lambdas above capture nothing
  private final Action action;

  DriverCommand(Action action) {
    this.action = action;
  }

  /**
   * Carries it out. Runs on: a thread that may block.
   *
   * @param service the one that the command is about, on this node
   * @param result gets the members of the answer
   */
  void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
    action.carryOut(service, order, result);
  }
}
