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
      (service, command, result) -> {
        ServiceSpec spec = ServiceSpecJson.read(command.getJsonObject(DriverCommand.SPEC));
        service.serve(
            spec,
            command.getString(DriverCommand.OWNER),
            command.getInteger(DriverCommand.VERSION));
      }),
  LOOK(
      (service, command, result) ->
          result.mergeIn(service.version(command.getInteger(DriverCommand.VERSION)).toJson())),
  LOAD((service, command, result) -> result.mergeIn(service.load().toJson())),
  AWAIT(
      (service, command, result) ->
          result.put(
              DriverCommand.QUEUED,
              service.awaitRequest(
                  command.getInteger(DriverCommand.VERSION),
                  command.getLong(DriverCommand.NANOS)))),
  COMMITTED(
      (service, command, result) ->
          service.committed(
              command.getString(DriverCommand.QUERY), command.getLong(DriverCommand.EPOCH))),
  EPOCH_ENDED(
      (service, command, result) ->
          service.epochEnded(
              command.getString(DriverCommand.QUERY), command.getLong(DriverCommand.EPOCH))),
  ENDED((service, command, result) -> service.ended(command.getString(DriverCommand.QUERY))),
  SWITCH_TO(
      (service, command, result) ->
          service.switchTo(
              command.getInteger(DriverCommand.VERSION),
              ServiceSpecJson.readSchema(command.getJsonObject(DriverCommand.SCHEMA)))),
  END_EPOCHS(
      (service, command, result) -> service.endEpochs(command.getInteger(DriverCommand.VERSION))),
  RETIRE((service, command, result) -> service.retire(command.getInteger(DriverCommand.VERSION))),
  WARM_UP(
      (service, command, result) -> {
        byte[] body = command.getBinary(DriverCommand.BODY);
        service.warmUp(
            ServiceSpecJson.read(command.getJsonObject(DriverCommand.SPEC)),
            command.getInteger(DriverCommand.VERSION),
            body == null
                ? null
                : new WarmUpRequest(command.getString(DriverCommand.CONTENT_TYPE), body));
      }),
  FAILING((service, command, result) -> service.failing(command.getBoolean(DriverCommand.NOW))),
  STOP_TAKING((service, command, result) -> service.stopTaking()),
  RELEASE((service, command, result) -> service.release(command.getString(DriverCommand.OWNER)));

  static final String COMMAND = "order";
  static final String DRIVER = "driver";
  static final String SERVICE = "service";
  static final String SPEC = "spec";
  static final String SCHEMA = "schema";
  static final String OWNER = "owner";
  static final String VERSION = "version";
  static final String NANOS = "nanos";
  static final String QUEUED = "came";
  static final String QUERY = "query";
  static final String EPOCH = "epoch";
  static final String NOW = "now";
  static final String CONTENT_TYPE = "contentType";
  static final String BODY = "body";

  /** How a node carries out one of them. */
  @FunctionalInterface
  private interface Action {
    void carryOut(ServiceControl service, JsonObject command, JsonObject result);
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
  void carryOut(ServiceControl service, JsonObject command, JsonObject result) {
    action.carryOut(service, command, result);
  }
}
