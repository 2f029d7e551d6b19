package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.sparkwire.protobuf.inference.InferParameter;
import io.sparkwire.protobuf.inference.ModelInferRequest;
import io.sparkwire.protobuf.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.sparkwire.protobuf.inference.ModelInferResponse;
import io.vertx.core.json.JsonArray;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ModelInfer, with gRPC's own client. */
class GrpcInferenceTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final ModelInferResponse ANSWER = ModelInferResponse.getDefaultInstance();

  private final ServedNode node = new ServedNode(2);
  private GrpcCalls client;
  private int port;

  @AfterEach
  void stop() {
    client.close();
    node.close();
  }

  private Service open(Service service) {
    port = node.listeners.open(service);
    client = new GrpcCalls(port);
    return service;
  }

  private Service open(TestSpec of) {
    ServiceSpec spec = GrpcService.spec(of);
    return open(node.serve(spec, request -> GrpcService.answer(request, spec)));
  }

  private Service openSilent(TestSpec of) {
    return open(node.silence(GrpcService.spec(of)));
  }

  private ModelInferResponse infer(ModelInferRequest.Builder request) {
    return client.ask("ModelInfer", request.build(), ANSWER);
  }

  private Status failure(ModelInferRequest.Builder request) {
    return GrpcCalls.failure(() -> infer(request));
  }

  private Future<ModelInferResponse> begin(ModelInferRequest request) {
    return client.begin(GrpcCalls.INFERENCE + "ModelInfer", request, ANSWER);
  }

  private PendingRequest taken() {
    await().atMost(LIMIT).until(() -> !node.taken.isEmpty());
    return node.taken.poll();
  }

  private static void fails(Status status, Status.Code code, String detail) {
    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).contains(detail);
  }

  private static ByteString doubles(double... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double number : numbers) {
      bytes.putDouble(number);
    }
    return ByteString.copyFrom(bytes.flip());
  }

  @Test
  void typedInputsGetTypedOutputs() {
    open(TestSpec.of("m"));
    ModelInferResponse answer = infer(GrpcService.typed("m", 1.5, 2).setId("a \"1\""));
    assertThat(answer.getModelName()).isEqualTo("m");
    assertThat(answer.getModelVersion()).isEqualTo("1");
    assertThat(answer.getId()).isEqualTo("a \"1\"");
    assertThat(answer.getRawOutputContentsCount()).isZero();
    assertThat(answer.getOutputs(0).getName()).isEqualTo("twice");
    assertThat(answer.getOutputs(0).getDatatype()).isEqualTo("FP64");
    assertThat(answer.getOutputs(0).getShapeList()).containsExactly(2L);
    assertThat(answer.getOutputs(0).getContents().getFp64ContentsList()).containsExactly(3.0, 4.0);
    assertThat(answer.getOutputs(1).getDatatype()).isEqualTo("BYTES");
    assertThat(answer.getOutputs(1).getContents().getBytesContentsList())
        .containsExactly(ByteString.copyFromUtf8("1.5"), ByteString.copyFromUtf8("2.0"));
  }

  @Test
  void rawInputsGetRawOutputs() {
    open(TestSpec.of("m"));
    ModelInferResponse answer =
        infer(
            ModelInferRequest.newBuilder()
                .setModelName("m")
                .setModelVersion("1")
                .addInputs(GrpcService.input(2))
                .addRawInputContents(doubles(1.5, 2)));
    assertThat(answer.getId()).isEmpty();
    assertThat(answer.getOutputs(0).hasContents()).isFalse();
    assertThat(answer.getRawOutputContents(0)).isEqualTo(doubles(3, 4));
    assertThat(answer.getRawOutputContents(1))
        .isEqualTo(ByteString.copyFrom("\3\0\0\0001.5\3\0\0\0002.0".getBytes(UTF_8)));
  }

  @Test
  void aRequestChoosesOutputs() {
    open(TestSpec.of("m"));
    ModelInferResponse answer =
        infer(
            GrpcService.typed("m", 1)
                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("text")));
    assertThat(answer.getOutputsList()).extracting("name").containsExactly("text");
    fails(
        failure(
            GrpcService.typed("m", 1)
                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("none"))),
        Status.Code.INVALID_ARGUMENT,
        "there is no output 'none'");
  }

  @Test
  void aServiceGetsTheRequestAsOverRest() {
    openSilent(TestSpec.of("m"));
    ModelInferRequest.Builder request = GrpcService.typed("m", 1, 2).setId("7");
    request.putParameters("a", InferParameter.newBuilder().setInt64Param(5).build());
    request.putParameters("b", InferParameter.newBuilder().setStringParam("c").build());
    Future<ModelInferResponse> call = begin(request.build());
    PendingRequest taken = taken();
    assertThat(taken.request().format()).isEqualTo("v2");
    assertThat(taken.request().headers().names()).noneMatch(name -> name.startsWith("grpc"));
    var json = GrpcService.json(taken.request());
    assertThat(json.getString("id")).isEqualTo("7");
    assertThat(json.getJsonObject("parameters").getMap())
        .containsEntry("a", 5)
        .containsEntry("b", "c")
        .containsEntry("binary_data_output", true);
    assertThat(json.getJsonArray("inputs").getJsonObject(0).getJsonArray("shape"))
        .isEqualTo(JsonArray.of(2));
    taken.answer(ServiceFailure.of(FailureCode.PIPELINE_FAILED, "done").toReply());
    assertThat(call).failsWithin(LIMIT);
  }

  @Test
  void compressedMessagesAreRead() {
    open(TestSpec.of("m"));
    ModelInferRequest request = GrpcService.typed("m", new double[100]).build();
    CallOptions gzip = GrpcCalls.options().withCompression("gzip");
    ModelInferResponse answer =
        client.ask(GrpcCalls.INFERENCE + "ModelInfer", request, ANSWER, gzip);
    assertThat(answer.getOutputs(0).getContents().getFp64ContentsCount()).isEqualTo(100);

    ModelInferRequest large = GrpcService.typed("m", new double[10_000]).build();
    fails(
        GrpcCalls.failure(
            () -> client.ask(GrpcCalls.INFERENCE + "ModelInfer", large, ANSWER, gzip)),
        Status.Code.RESOURCE_EXHAUSTED,
        "may have 1000 bytes");
  }

  @Test
  void aLargeMessageIsReadAndAnswered() {
    open(TestSpec.of("m").maxBodyBytes(1 << 20));
    ModelInferResponse answer = infer(GrpcService.typed("m", new double[1_000]));
    assertThat(answer.getOutputs(0).getContents().getFp64ContentsCount()).isEqualTo(1_000);
    double[] many = new double[20_000];
    fails(failure(GrpcService.typed("m", many)), Status.Code.RESOURCE_EXHAUSTED, "1000 rows");
  }

  @Test
  void aMessageThatIsTooLargeIsRefused() {
    open(TestSpec.of("m"));
    fails(
        failure(GrpcService.typed("m", new double[10_000])),
        Status.Code.RESOURCE_EXHAUSTED,
        "the body may have 1000 bytes at most");
    assertThat(infer(GrpcService.typed("m", 1)).getOutputsCount()).isEqualTo(2);
  }

  @Test
  void aModelOrVersionThatThereIsNotIsNotFound() {
    open(TestSpec.of("m"));
    fails(failure(GrpcService.typed("n", 1)), Status.Code.NOT_FOUND, "there is no model 'n' here");
    fails(
        failure(GrpcService.typed("m", 1).setModelVersion("2")),
        Status.Code.NOT_FOUND,
        "there is no model 'm' of version '2' here");
    fails(failure(GrpcService.typed("", 1)), Status.Code.INVALID_ARGUMENT, "model_name is missing");
  }

  @Test
  void wrongInputsAreInvalid() {
    open(TestSpec.of("m"));
    ModelInferRequest.Builder wrong = GrpcService.typed("m", 1, 2);
    wrong.getInputsBuilder(0).setShape(0, 3);
    fails(failure(wrong), Status.Code.INVALID_ARGUMENT, "x");
    ModelInferRequest.Builder other = GrpcService.typed("m", 1);
    other.getInputsBuilder(0).setDatatype("INT64");
    fails(failure(other), Status.Code.INVALID_ARGUMENT, "must have its elements in int64_contents");
    fails(
        failure(GrpcService.typed("m", 1).addRawInputContents(doubles(1))),
        Status.Code.INVALID_ARGUMENT,
        "must have no contents beside raw_input_contents");
    fails(
        failure(ModelInferRequest.newBuilder().setModelName("m").addRawInputContents(doubles(1))),
        Status.Code.INVALID_ARGUMENT,
        "for each of the 0 inputs, got 1");
  }

  @Test
  void aNullInTextHasNoForm() {
    open(TestSpec.of("m"));
    fails(
        failure(GrpcService.typed("m", -1)),
        Status.Code.INTERNAL,
        "output 'text' of BYTES has a null");
  }

  @Test
  void callsShareAPortAndAConnectionWithOthers() throws Exception {
    openSilent(TestSpec.of("m").maxInFlight(10));
    ModelInferRequest request = GrpcService.typed("m", 1).build();
    Future<ModelInferResponse> one = begin(request);
    PendingRequest first = taken();
    Future<ModelInferResponse> two = begin(request);
    PendingRequest second = taken();
    assertThat(
            new ClientCalls(port, HttpClient.Version.HTTP_1_1)
                .send("GET", "/v2/models/m/ready", new byte[0])
                .statusCode())
        .isEqualTo(200);
    GrpcService.answer(second, GrpcService.spec(TestSpec.of("m")));
    assertThat(two.get(20, TimeUnit.SECONDS).getOutputsCount()).isEqualTo(2);
    assertThat(one).isNotDone();
    GrpcService.answer(first, GrpcService.spec(TestSpec.of("m")));
    assertThat(one.get(20, TimeUnit.SECONDS).getOutputsCount()).isEqualTo(2);
  }

  @Test
  void servicesOfOneListenerAreModelsOfOneServer() {
    open(TestSpec.of("m"));
    client.close();
    open(TestSpec.of("n"));
    assertThat(infer(GrpcService.typed("m", 1)).getModelName()).isEqualTo("m");
    assertThat(infer(GrpcService.typed("n", 1)).getModelName()).isEqualTo("n");
  }

  @Test
  void aClientThatCancelsAbandonsItsRequest() {
    Service service = openSilent(TestSpec.of("m"));
    ModelInferRequest request = GrpcService.typed("m", 1).build();
    Future<ModelInferResponse> call = begin(request);
    PendingRequest taken = taken();
    assertThat(taken.isOpen()).isTrue();
    call.cancel(true);
    await().atMost(LIMIT).until(() -> !taken.isOpen());
    await().atMost(LIMIT).until(() -> service.inFlight() == 0);
  }

  @Test
  void aClientWhoseDeadlinePassesAbandonsItsRequest() {
    openSilent(TestSpec.of("m"));
    CallOptions soon = CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS);
    ModelInferRequest request = GrpcService.typed("m", 1).build();
    Status status =
        GrpcCalls.failure(
            () -> client.ask(GrpcCalls.INFERENCE + "ModelInfer", request, ANSWER, soon));
    assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    PendingRequest taken = taken();
    await().atMost(LIMIT).until(() -> !taken.isOpen());
  }

  @Test
  void aServiceThatIsTooSlowExceedsTheDeadline() {
    openSilent(TestSpec.of("m").timeout(Duration.ofMillis(100)));
    fails(failure(GrpcService.typed("m", 1)), Status.Code.DEADLINE_EXCEEDED, "did not reply");
  }

  @Test
  void oneCallTooManyIsRefused() {
    openSilent(TestSpec.of("m").maxInFlight(1));
    Future<ModelInferResponse> first = begin(GrpcService.typed("m", 1).build());
    PendingRequest taken = taken();
    fails(failure(GrpcService.typed("m", 1)), Status.Code.UNAVAILABLE, "requests in flight");
    taken.answer(ServiceFailure.of(FailureCode.PIPELINE_FAILED, "done").toReply());
    assertThat(first).failsWithin(LIMIT);
  }

  @Test
  void repliesOfPipelinesThatAreNoSuccessHaveTheirStatus() {
    ServiceSpec spec = GrpcService.spec(TestSpec.of("m"));
    ServiceReply teapot =
        new ServiceReply(418, "text/plain", List.of(), "no coffee: 100 % té".getBytes(UTF_8));
    open(node.serve(spec, request -> request.answer(teapot)));
    fails(failure(GrpcService.typed("m", 1)), Status.Code.INVALID_ARGUMENT, "no coffee: 100 % té");
  }

  @Test
  void aRequestWithoutRowsHasNoOutputs() {
    ServiceSpec spec = GrpcService.spec(TestSpec.of("m"));
    ServiceReply none = new ServiceReply(204, null, List.of(), new byte[0]);
    open(node.serve(spec, request -> request.answer(none)));
    ModelInferResponse answer = infer(GrpcService.typed("m", 1).setId("7"));
    assertThat(answer.getId()).isEqualTo("7");
    assertThat(answer.getModelName()).isEqualTo("m");
    assertThat(answer.getOutputsCount()).isZero();
  }
}
