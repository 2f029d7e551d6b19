package io.sparkwire.spark.fuzz;

import java.util.Random;

/** The kinds of hostile input, and how many of a thousand are of each. */
enum InputKind {
  BODIES_OF_A_SCHEMA(330),
  HOSTILE_BODIES(170),
  FRAMINGS(120),
  ENCODED_BODIES(60),
  TENSORS_IN_JSON(90),
  TENSORS_IN_BINARY(60),
  MLFLOW_BODIES(80),
  GRPC_MESSAGES(50),
  HTTP2_FRAMES(36),
  HTTP2_FLOODS(3),
  SLOW_CLIENTS(1);

  private static final int ALL = 1_000;

  private final int share;

  InputKind(int share) {
    this.share = share;
  }

  /** The kind that a random number chooses. */
  static InputKind chosen(Random random) {
    int number = random.nextInt(ALL);
    for (InputKind kind : values()) {
      number -= kind.share;
      if (number < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("the shares are less than " + ALL);
  }

  /** An input of this kind; the same for the same random numbers. */
  HostileInput of(Random random) {
    return switch (this) {
      case BODIES_OF_A_SCHEMA -> TypedBody.generated(random);
      case HOSTILE_BODIES -> OddBodies.of(random);
      case FRAMINGS -> FramedBytes.of(random);
      case ENCODED_BODIES -> EncodedBody.of(random);
      case TENSORS_IN_JSON -> TensorBody.json(random);
      case TENSORS_IN_BINARY -> TensorBody.binary(random);
      case MLFLOW_BODIES -> ScoringBody.of(random);
      case GRPC_MESSAGES -> GrpcMessage.of(random);
      case HTTP2_FRAMES -> FrameSequence.of(random);
      case HTTP2_FLOODS -> FrameFlood.of(random);
      case SLOW_CLIENTS -> SlowClients.of(random);
    };
  }
}
