/** Deep networks in the format ONNX, tokenizers and images as stages of a pipeline. */
package io.sparkwire.onnx;
