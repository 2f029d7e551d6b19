package io.sparkwire.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.sparkwire.protobuf.health.HealthCheckRequest;
import io.sparkwire.protobuf.health.HealthCheckResponse;
import io.sparkwire.protobuf.health.HealthCheckResponse.ServingStatus;
import io.sparkwire.protobuf.inference.ModelMetadataRequest;
import io.sparkwire.protobuf.inference.ModelMetadataResponse;
import io.sparkwire.protobuf.inference.ModelReadyRequest;
import io.sparkwire.protobuf.inference.ModelReadyResponse;
import io.sparkwire.protobuf.inference.ServerLiveRequest;
import io.sparkwire.protobuf.inference.ServerLiveResponse;
import io.sparkwire.protobuf.inference.ServerMetadataRequest;
import io.sparkwire.protobuf.inference.ServerMetadataResponse;
import io.sparkwire.protobuf.inference.ServerReadyRequest;
import io.sparkwire.protobuf.inference.ServerReadyResponse;
import io.sparkwire.protobuf.reflection.v1.ServerReflectionRequest;
import io.sparkwire.protobuf.reflection.v1.ServerReflectionResponse;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a listener says over gRPC of itself, with gRPC's own client. */
class GrpcServicesTest {

  private final ServedNode node = new ServedNode(2);
  private final Service service = node.silence(GrpcService.spec(TestSpec.of("m")));
  private final int port = node.listeners.open(service);
  private final GrpcCalls client = new GrpcCalls(port);

  private static ModelMetadataResponse metadata(GrpcCalls client, String model) {
    return client.ask(
        "ModelMetadata",
        ModelMetadataRequest.newBuilder().setName(model).build(),
        ModelMetadataResponse.getDefaultInstance());
  }

  @AfterEach
  void stop() {
    client.close();
    node.close();
  }

  private HealthCheckResponse check(String name) {
    return client.ask(
        "grpc.health.v1.Health/Check",
        HealthCheckRequest.newBuilder().setService(name).build(),
        HealthCheckResponse.getDefaultInstance(),
        GrpcCalls.options());
  }

  private ModelReadyResponse ready(String model, String version) {
    return client.ask(
        "ModelReady",
        ModelReadyRequest.newBuilder().setName(model).setVersion(version).build(),
        ModelReadyResponse.getDefaultInstance());
  }

  @Test
  void aServerDescribesItself() {
    ServerLiveResponse live =
        client.ask(
            "ServerLive",
            ServerLiveRequest.getDefaultInstance(),
            ServerLiveResponse.getDefaultInstance());
    assertThat(live.getLive()).isTrue();
    ServerMetadataResponse server =
        client.ask(
            "ServerMetadata",
            ServerMetadataRequest.getDefaultInstance(),
            ServerMetadataResponse.getDefaultInstance());
    assertThat(server.getName()).isEqualTo("sparkwire");
  }

  @Test
  void aServerIsReadyWhileAllItsServicesAre() {
    ServerReadyRequest ask = ServerReadyRequest.getDefaultInstance();
    ServerReadyResponse any = ServerReadyResponse.getDefaultInstance();
    assertThat(client.ask("ServerReady", ask, any).getReady()).isTrue();
    assertThat(ready("m", "").getReady()).isTrue();
    assertThat(ready("m", "1").getReady()).isTrue();
    service.failing(true);
    assertThat(client.ask("ServerReady", ask, any).getReady()).isFalse();
    assertThat(ready("m", "").getReady()).isFalse();
  }

  @Test
  void aModelIsAService() {
    ModelMetadataResponse model = metadata(client, "m");
    assertThat(model.getVersionsList()).containsExactly("1");
    assertThat(model.getInputsList()).extracting("name").containsExactly("x");
    assertThat(model.getInputs(0).getDatatype()).isEqualTo("FP64");
    assertThat(model.getInputs(0).getShapeList()).containsExactly(-1L);
    assertThat(model.getOutputsList()).extracting("name").containsExactly("twice", "text");
  }

  @Test
  void theShapeOfAnArrayHasItsSize() {
    ServiceSpec sized =
        TestSpec.of("sized").schema("ids ARRAY<INT>(2048)", "y ARRAY<FLOAT>(30)").build();
    GrpcCalls there = new GrpcCalls(node.listeners.open(node.silence(sized)));
    ModelMetadataResponse model = metadata(there, "sized");
    there.close();

    assertThat(model.getInputs(0).getDatatype()).isEqualTo("INT32");
    assertThat(model.getInputs(0).getShapeList()).containsExactly(-1L, 2048L);
    assertThat(model.getOutputs(0).getDatatype()).isEqualTo("FP32");
    assertThat(model.getOutputs(0).getShapeList()).containsExactly(-1L, 30L);
  }

  @Test
  void aModelThatThereIsNotIsNotFound() {
    Status status = GrpcCalls.failure(() -> ready("none", ""));
    assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(GrpcCalls.failure(() -> ready("m", "9")).getCode()).isEqualTo(status.getCode());
  }

  @Test
  void healthIsThatOfAllAndOfEach() {
    assertThat(check("").getStatus()).isEqualTo(ServingStatus.SERVING);
    assertThat(check("m").getStatus()).isEqualTo(ServingStatus.SERVING);
    service.failing(true);
    assertThat(check("").getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(check("inference.GRPCInferenceService").getStatus())
        .isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(GrpcCalls.failure(() -> check("none")).getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void aMethodThatThereIsNotIsUnimplemented() {
    for (String method :
        new String[] {"grpc.health.v1.Health/Watch", "inference.GRPCInferenceService/X", "a.B/C"}) {
      MessageLite any = ServerLiveRequest.getDefaultInstance();
      Status status = GrpcCalls.failure(() -> client.ask(method, any, any, GrpcCalls.options()));
      assertThat(status.getCode()).as(method).isEqualTo(Status.Code.UNIMPLEMENTED);
    }
  }

  @Test
  void whatIsNoCallIsRefused() throws Exception {
    for (HttpClient.Version version : HttpClient.Version.values()) {
      HttpResponse<byte[]> response =
          new ClientCalls(port, version)
              .post("/inference.GRPCInferenceService/ServerLive", new byte[5]);
      assertThat(response.statusCode()).isEqualTo(415);
    }
  }

  @Test
  void aServiceWithoutTheProtocolIsNoModel() {
    node.listeners.open(node.silence(TestSpec.of("j").protocols(ServiceProtocol.JSON).build()));
    assertThat(GrpcCalls.failure(() -> ready("j", "")).getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void toolsListAndDescribeServices() throws Exception {
    for (String version : new String[] {"v1", "v1alpha"}) {
      BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
      StreamObserver<ServerReflectionRequest> call = describe(version, answers);
      call.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      assertThat(next(answers).getListServicesResponse().getServiceList())
          .extracting("name")
          .containsExactly(
              "grpc.health.v1.Health",
              "grpc.reflection.v1.ServerReflection",
              "grpc.reflection.v1alpha.ServerReflection",
              "inference.GRPCInferenceService");
      String symbol = "inference.GRPCInferenceService";
      call.onNext(ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build());
      FileDescriptorProto file = file(next(answers));
      assertThat(file.getService(0).getMethodList()).extracting("name").contains("ModelInfer");
      call.onNext(ServerReflectionRequest.newBuilder().setFileByFilename(file.getName()).build());
      assertThat(file(next(answers))).isEqualTo(file);
      call.onNext(ServerReflectionRequest.newBuilder().setFileContainingSymbol("a.B").build());
      assertThat(next(answers).getErrorResponse().getErrorCode()).isEqualTo(5);
      call.onCompleted();
      assertThat(answers.poll(20, TimeUnit.SECONDS)).isEqualTo("completed");
    }
  }

  @Test
  void aClientThatAsksFasterThanItReadsGetsAllAnswers() throws Exception {
    BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    StreamObserver<ServerReflectionRequest> call = describe("v1", answers);
    ServerReflectionRequest ask =
        ServerReflectionRequest.newBuilder()
            .setFileContainingSymbol("inference.GRPCInferenceService")
            .build();
    for (int i = 0; i < 500; i++) {
      call.onNext(ask);
    }
    call.onCompleted();
    for (int i = 0; i < 500; i++) {
      assertThat(file(next(answers)).getServiceCount()).isOne();
    }
    assertThat(answers.poll(20, TimeUnit.SECONDS)).isEqualTo("completed");
  }

  private StreamObserver<ServerReflectionRequest> describe(
      String version, BlockingQueue<Object> answers) {
    return client.stream(
        "grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo",
        ServerReflectionRequest.getDefaultInstance(),
        ServerReflectionResponse.getDefaultInstance(),
        new StreamObserver<ServerReflectionResponse>() {
          @Override
          public void onNext(ServerReflectionResponse answer) {
            answers.add(answer);
          }

          @Override
          public void onError(Throwable failure) {
            answers.add(failure);
          }

          @Override
          public void onCompleted() {
            answers.add("completed");
          }
        });
  }

  private static ServerReflectionResponse next(BlockingQueue<Object> answers) throws Exception {
    return (ServerReflectionResponse) answers.poll(20, TimeUnit.SECONDS);
  }

  private static FileDescriptorProto file(ServerReflectionResponse answer) throws Exception {
    ByteString bytes = answer.getFileDescriptorResponse().getFileDescriptorProto(0);
    return FileDescriptorProto.parseFrom(bytes);
  }
}
