package io.sparkwire.control;

import io.sparkwire.cluster.ServiceSpecJson;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.WarmUpRequest;
import io.vertx.core.json.JsonObject;

/**
 * What a driver asks of its executors' nodes, and how one of them does it. Each is a call of {@link
 * ServiceControl}, with its arguments and its result in JSON.
 */
enum DriverCommand {
  SERVE {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      ServiceSpec spec = ServiceSpecJson.read(order.getJsonObject(SPEC));
      service.serve(spec, order.getString(OWNER), order.getInteger(VERSION));
    }
  },
  LOOK {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      result.mergeIn(service.version(order.getInteger(VERSION)).toJson());
    }
  },
  LOAD {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      result.mergeIn(service.load().toJson());
    }
  },
  AWAIT {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      result.put(CAME, service.awaitRequest(order.getInteger(VERSION), order.getLong(NANOS)));
    }
  },
  COMMITTED {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      service.committed(order.getString(QUERY), order.getLong(EPOCH));
    }
  },
  EPOCH_ENDED {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      service.epochEnded(order.getString(QUERY), order.getLong(EPOCH));
    }
  },
  CAME_OUT {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      service.cameOut(order.getLong(TASK), order.getLong(ROWS));
    }
  },
  ENDED {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      service.ended(order.getString(QUERY));
    }
  },
  SWITCH_TO {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      service.switchTo(order.getInteger(VERSION));
    }
  },
  END_EPOCHS {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      service.endEpochs(order.getInteger(VERSION));
    }
  },
  RETIRE {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      service.retire(order.getInteger(VERSION));
    }
  },
  WARM_UP {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      byte[] body = order.getBinary(BODY);
      service.warmUp(
          ServiceSpecJson.read(order.getJsonObject(SPEC)),
          order.getInteger(VERSION),
          body == null ? null : new WarmUpRequest(order.getString(CONTENT_TYPE), body));
    }
  },
  FAILING {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      service.failing(order.getBoolean(NOW));
    }
  },
  STOP_TAKING {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      service.stopTaking();
    }
  },
  RELEASE {
    @Override
    void carryOut(ServiceControl service, JsonObject order, JsonObject result) {
      service.release(order.getString(OWNER));
    }
  };

  static final String ORDER = "order";
  static final String DRIVER = "driver";
  static final String SERVICE = "service";
  static final String SPEC = "spec";
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

  /**
   * Does it. Runs on: a thread that may block.
   *
   * @param service the one that the order is about, on this node
   * @param result gets what there is to tell
   */
  abstract void carryOut(ServiceControl service, JsonObject order, JsonObject result);
}
