package io.sparkwire.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.sparkwire.protobuf.health.HealthProto;
import io.sparkwire.protobuf.inference.InferenceProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the files of messages and services define, by its full names. Immutable. */
final class MessageFiles {

  private static final List<FileDescriptor> ALL =
      List.of(
          InferenceProto.getDescriptor(),
          HealthProto.getDescriptor(),
          io.sparkwire.protobuf.reflection.v1.ReflectionProto.getDescriptor(),
          io.sparkwire.protobuf.reflection.v1alpha.ReflectionProto.getDescriptor());

  private final Map<String, ByteString> byFile = new HashMap<>();
  private final Map<String, ByteString> bySymbol = new HashMap<>();
  private final Set<String> services = new TreeSet<>();

  MessageFiles() {
    ALL.forEach(this::add);
  }

  private void add(FileDescriptor file) {
    ByteString bytes = file.toProto().toByteString();
    byFile.put(file.getName(), bytes);
    file.getMessageTypes().forEach(type -> add(type, bytes));
    for (ServiceDescriptor service : file.getServices()) {
      services.add(service.getFullName());
      bySymbol.put(service.getFullName(), bytes);
      service.getMethods().forEach(method -> bySymbol.put(method.getFullName(), bytes));
    }
  }

  private void add(Descriptor type, ByteString file) {
    bySymbol.put(type.getFullName(), file);
    type.getFields().forEach(field -> bySymbol.put(field.getFullName(), file));
    type.getEnumTypes().forEach(inner -> bySymbol.put(inner.getFullName(), file));
    type.getNestedTypes().forEach(inner -> add(inner, file));
  }

  /** The full names of all services, in their order. */
  List<String> services() {
    return List.copyOf(services);
  }

  /** A file by its name, as a {@code FileDescriptorProto}. */
  Optional<ByteString> file(String name) {
    return Optional.ofNullable(byFile.get(name));
  }

  /** The file that defines a service, a method, a message, a field or an enum. */
  Optional<ByteString> defining(String symbol) {
    return Optional.ofNullable(bySymbol.get(symbol));
  }
}
