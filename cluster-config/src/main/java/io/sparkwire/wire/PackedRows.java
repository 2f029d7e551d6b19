package io.sparkwire.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Makes packed rows of tensors. Confined to one thread. */
final class PackedRows {

  private final List<Tensor> tensors;
  private final RowLayout layout;
  private final int bytesOfNulls;

  private PackedRows(List<Tensor> tensors) {
    this.tensors = tensors;
    this.layout =
        new RowLayout(
            tensors.stream().anyMatch(tensor -> tensor.values().hasNulls()),
            tensors.stream().map(Tensor::column).toList());
    this.bytesOfNulls = layout.nulls() ? (layout.elements() + Byte.SIZE - 1) / Byte.SIZE : 0;
  }

  /** The rows of tensors that all have the same number of them. */
  static RowBodies of(List<Tensor> tensors) {
    PackedRows packing = new PackedRows(tensors);
    int number = tensors.get(0).rows();
    List<byte[]> rows = new ArrayList<>(number);
    for (int row = 0; row < number; row++) {
      rows.add(packing.row(row));
    }
    return new RowBodies(packing.layout.contentType(), rows);
  }

  private byte[] row(int row) {
    ByteBuffer packed = ByteBuffer.allocate(bytes(row)).order(ByteOrder.LITTLE_ENDIAN);
    if (layout.nulls()) {
      packNulls(row, packed);
    }
    for (Tensor tensor : tensors) {
      int elements = tensor.elements();
      for (int at = row * elements; at < (row + 1) * elements; at++) {
        tensor.values().pack(at, packed);
      }
    }
    return packed.array();
  }

  private int bytes(int row) {
    int bytes = bytesOfNulls;
    for (Tensor tensor : tensors) {
      int elements = tensor.elements();
      int each = tensor.values().packedType().bytes();
      if (each > 0) {
        bytes += each * elements;
      } else {
        for (int at = row * elements; at < (row + 1) * elements; at++) {
          bytes += tensor.values().packedBytes(at);
        }
      }
    }
    return bytes;
  }

  private void packNulls(int row, ByteBuffer packed) {
    int bit = 0;
    for (Tensor tensor : tensors) {
      int elements = tensor.elements();
      for (int at = row * elements; at < (row + 1) * elements; at++) {
        if (tensor.values().isNull(at)) {
          int place = bit / Byte.SIZE;
          packed.put(place, (byte) (packed.get(place) | 1 << bit % Byte.SIZE));
        }
        bit++;
      }
    }
    packed.position(bytesOfNulls);
  }
}
