package io.sparkwire.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.sparkwire.endpoint.BadBodyException;
import io.sparkwire.protobuf.inference.InferTensorContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementTypeTest {

  /** Numbers at the bounds of types, and others. */
  private static InferTensorContents contents(ElementType type) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    switch (type) {
      case BOOL -> contents.addBoolContents(true).addBoolContents(false);
      case INT8 -> contents.addIntContents(-128).addIntContents(127);
      case INT16 -> contents.addIntContents(-32_768).addIntContents(32_767);
      case INT32 -> contents.addIntContents(Integer.MIN_VALUE).addIntContents(Integer.MAX_VALUE);
      case INT64 -> contents.addInt64Contents(Long.MIN_VALUE).addInt64Contents(Long.MAX_VALUE);
      case UINT8 -> contents.addUintContents(0).addUintContents(255);
      case UINT16 -> contents.addUintContents(0).addUintContents(65_535);
      case UINT32 -> contents.addUintContents(0).addUintContents(-1);
      case UINT64 -> contents.addUint64Contents(0).addUint64Contents(-1);
      case FP32 -> contents.addFp32Contents(1.5f).addFp32Contents(Float.NaN);
      case FP64 -> contents.addFp64Contents(1.5).addFp64Contents(Double.NEGATIVE_INFINITY);
      case BYTES ->
          contents
              .addBytesContents(ByteString.copyFromUtf8("é"))
              .addBytesContents(ByteString.EMPTY);
    }
    return contents.build();
  }

  @ParameterizedTest
  @EnumSource
  void elementsStayWhatTheyAre(ElementType type) throws Exception {
    InferTensorContents contents = contents(type);
    assertThat(type.count(contents)).isEqualTo(2);
    ByteBuffer binary =
        ByteBuffer.allocate((int) type.size(contents)).order(ByteOrder.LITTLE_ENDIAN);
    type.write(contents, 0, binary);
    type.write(contents, 1, binary);
    assertThat(binary.hasRemaining()).isFalse();
    binary.flip();
    InferTensorContents.Builder again = InferTensorContents.newBuilder();
    type.read(binary, again);
    type.read(binary, again);
    assertThat(again.build()).isEqualTo(contents);
    assertThat(ElementType.of(type.name())).contains(type);
  }

  @Test
  void numbersThatDoNotFitAreRefused() {
    InferTensorContents contents =
        InferTensorContents.newBuilder().addIntContents(128).addUintContents(-1).build();
    ByteBuffer binary = ByteBuffer.allocate(8);
    assertThatThrownBy(() -> ElementType.INT8.write(contents, 0, binary))
        .isInstanceOf(BadBodyException.class)
        .hasMessage("must have elements of INT8, from -128 to 127, got 128");
    assertThatThrownBy(() -> ElementType.UINT16.write(contents, 0, binary))
        .hasMessage("must have elements of UINT16, from 0 to 65535, got 4294967295");
  }
}
