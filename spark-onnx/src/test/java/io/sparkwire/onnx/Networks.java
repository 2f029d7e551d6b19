package io.sparkwire.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The small networks of the tests, made by {@code src/test/networks.py}. */
public final class Networks {

  private Networks() {}

  public static byte[] bytes(String name) {
    try (InputStream in = Networks.class.getResourceAsStream(name + ".onnx")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static OnnxModel model(String name) {
    return new OnnxModel().setModelBytes(bytes(name));
  }
}
