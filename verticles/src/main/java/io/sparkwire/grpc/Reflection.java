package io.sparkwire.grpc;

import com.google.protobuf.ByteString;
import io.sparkwire.protobuf.reflection.v1.ErrorResponse;
import io.sparkwire.protobuf.reflection.v1.ExtensionNumberResponse;
import io.sparkwire.protobuf.reflection.v1.FileDescriptorResponse;
import io.sparkwire.protobuf.reflection.v1.ListServiceResponse;
import io.sparkwire.protobuf.reflection.v1.ServerReflectionRequest;
import io.sparkwire.protobuf.reflection.v1.ServerReflectionResponse;
import io.sparkwire.protobuf.reflection.v1.ServiceResponse;
import java.util.Optional;

/**
 * Answers by which tools learn what services and messages there are. In v1 and v1alpha, messages
 * have the same bytes. Immutable.
 */
record Reflection(MessageFiles files) {

  ServerReflectionResponse answer(ServerReflectionRequest request) {
    ServerReflectionResponse.Builder answer =
        ServerReflectionResponse.newBuilder()
            .setValidHost(request.getHost())
            .setOriginalRequest(request);
    switch (request.getMessageRequestCase()) {
      case LIST_SERVICES -> answer.setListServicesResponse(services());
      case FILE_BY_FILENAME -> {
        String name = request.getFileByFilename();
        put(answer, files.file(name), "there is no file '" + name + "'");
      }
      case FILE_CONTAINING_SYMBOL -> {
        String symbol = request.getFileContainingSymbol();
        put(answer, files.defining(symbol), "no file defines '" + symbol + "'");
      }
      case FILE_CONTAINING_EXTENSION -> put(answer, Optional.empty(), "there are no extensions");
      case ALL_EXTENSION_NUMBERS_OF_TYPE -> {
        String type = request.getAllExtensionNumbersOfType();
        if (files.defining(type).isPresent()) {
          answer.setAllExtensionNumbersResponse(
              ExtensionNumberResponse.newBuilder().setBaseTypeName(type));
        } else {
          put(answer, Optional.empty(), "there is no type '" + type + "'");
        }
      }
      case MESSAGEREQUEST_NOT_SET ->
          fail(answer, GrpcStatus.INVALID_ARGUMENT, "the request asks for nothing");
    }
    return answer.build();
  }

  private ListServiceResponse services() {
    ListServiceResponse.Builder list = ListServiceResponse.newBuilder();
    files.services().forEach(name -> list.addService(ServiceResponse.newBuilder().setName(name)));
    return list.build();
  }

  private static void put(
      ServerReflectionResponse.Builder answer, Optional<ByteString> file, String otherwise) {
    if (file.isPresent()) {
      answer.setFileDescriptorResponse(
          FileDescriptorResponse.newBuilder().addFileDescriptorProto(file.get()));
    } else {
      fail(answer, GrpcStatus.NOT_FOUND, otherwise);
    }
  }

  private static void fail(
      ServerReflectionResponse.Builder answer, GrpcStatus status, String detail) {
    answer.setErrorResponse(
        ErrorResponse.newBuilder()
            .setErrorCode(Integer.parseInt(status.number()))
            .setErrorMessage(detail));
  }
}
