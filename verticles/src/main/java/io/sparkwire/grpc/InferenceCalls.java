package io.sparkwire.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.sparkwire.access.Access;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.protobuf.inference.ModelMetadataRequest;
import io.sparkwire.protobuf.inference.ModelMetadataResponse;
import io.sparkwire.protobuf.inference.ModelMetadataResponse.TensorMetadata;
import io.sparkwire.protobuf.inference.ModelReadyRequest;
import io.sparkwire.protobuf.inference.ModelReadyResponse;
import io.sparkwire.protobuf.inference.ServerLiveResponse;
import io.sparkwire.protobuf.inference.ServerMetadataResponse;
import io.sparkwire.protobuf.inference.ServerReadyResponse;
import io.sparkwire.version.Release;
import io.sparkwire.wire.RowFormats;
import io.sparkwire.wire.TensorColumn;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The methods of the Open Inference Protocol that say something of the services of a listener, each
 * of which is a model. Thread-safe.
 */
record InferenceCalls(List<Service> services) {

  private static final String PLATFORM = "sparkwire";

  /** The methods by their names. */
  Map<String, UnaryMethod> methods() {
    ServerMetadataResponse server = server();
    return Map.of(
        "ServerLive", (message, mayUse) -> ServerLiveResponse.newBuilder().setLive(true).build(),
        "ServerReady",
            (message, mayUse) -> ServerReadyResponse.newBuilder().setReady(areReady()).build(),
        "ServerMetadata", (message, mayUse) -> server,
        "ModelReady", this::ready,
        "ModelMetadata", this::metadata);
  }

  /** Whether all of them are ready. */
  boolean areReady() {
    return services.stream().allMatch(Service::isReady);
  }

  private static ServerMetadataResponse server() {
    return ServerMetadataResponse.newBuilder()
        .setName(PLATFORM)
        .setVersion(Release.current().version())
        .build();
  }

  private MessageLite ready(ByteString message, Predicate<String> mayUse)
      throws InvalidProtocolBufferException, BadBodyException {
    ModelReadyRequest request = ModelReadyRequest.parseFrom(message);
    boolean ready = find(request.getName(), request.getVersion(), mayUse).isReady();
    return ModelReadyResponse.newBuilder().setReady(ready).build();
  }

  private MessageLite metadata(ByteString message, Predicate<String> mayUse)
      throws InvalidProtocolBufferException, BadBodyException {
    ModelMetadataRequest request = ModelMetadataRequest.parseFrom(message);
    ServiceSchema schema = find(request.getName(), request.getVersion(), mayUse).spec().schema();
    return ModelMetadataResponse.newBuilder()
        .setName(request.getName())
        .addVersions(Integer.toString(schema.version()))
        .setPlatform(PLATFORM)
        .addAllInputs(tensors(RowFormats.inputs(schema)))
        .addAllOutputs(tensors(RowFormats.outputs(schema)))
        .build();
  }

  private static List<TensorMetadata> tensors(List<TensorColumn> columns) {
    return columns.stream()
        .map(
            column ->
                TensorMetadata.newBuilder()
                    .setName(column.name())
                    .setDatatype(column.type().name())
                    .addAllShape(column.shape().stream().map(Integer::longValue).toList())
                    .build())
        .toList();
  }

  /**
   * @param version empty for any
   */
  private Service find(String name, String version, Predicate<String> mayUse)
      throws BadBodyException {
    Service found = find(name, version);
    requireAllowed(name, mayUse);
    return found;
  }

  private Service find(String name, String version) throws BadBodyException {
    return services.stream()
        .filter(service -> service.spec().name().equals(name))
        .filter(
            service ->
                version.isEmpty()
                    || version.equals(Integer.toString(service.spec().schema().version())))
        .findFirst()
        .orElseThrow(() -> unknown(name, version));
  }

  /**
   * @throws BadBodyException if the client may not use that service
   */
  static void requireAllowed(String service, Predicate<String> mayUse) throws BadBodyException {
    if (!mayUse.test(service)) {
      throw new BadBodyException(
          FailureCode.FORBIDDEN,
          "the client does not have the scope '" + Access.to(service).scope() + "'");
    }
  }

  static BadBodyException unknown(String model, String version) {
    String ofVersion = version.isEmpty() ? "" : " of version '" + version + "'";
    return new BadBodyException(
        FailureCode.UNKNOWN_PATH, "there is no model '" + model + "'" + ofVersion + " here");
  }
}
