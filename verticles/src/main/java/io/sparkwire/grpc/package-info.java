/**
 * The Open Inference Protocol over gRPC.
 *
 * <p>Messages of protobuf end here: a service gets a request as over REST, with tensors in binary.
 *
 * <pre>{@code
 * event loop of the connection
 *
 * GrpcEndpoints --> UnaryHandler, ReflectionCall: answered at once
 *     |
 *     v
 * InferHandler: StartingCall waits for the first bytes, ModelName reads them
 *     |
 *     v
 * InferCall, the service's request --> the handler of the service: limits, admission, hand-off
 *     |  translate: ModelInferRequest --> InferBody             |
 *     |                                                         v
 *     +---------- send: reply --> InferAnswer --> GrpcClient <-- pipeline
 * }</pre>
 */
package io.sparkwire.grpc;
