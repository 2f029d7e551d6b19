"""Reflection and health of gRPC, as grpcurl and probes use them."""

import grpc
import pytest
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

SERVICE = "inference.GRPCInferenceService"
METHODS = {"ServerLive", "ServerReady", "ModelReady", "ServerMetadata", "ModelMetadata", "ModelInfer"}
SERVING = health_pb2.HealthCheckResponse.SERVING


@pytest.fixture
def channel(cells):
    with grpc.insecure_channel(f"127.0.0.1:{cells.port}") as opened:
        yield opened


@pytest.fixture
def reflected(channel):
    database = ProtoReflectionDescriptorDatabase(channel)
    return database, DescriptorPool(database)


def call(channel, pool, name, request):
    """Calls a method by what reflection says of it alone."""
    method = pool.FindServiceByName(SERVICE).methods_by_name[name]
    message = ParseDict(request, GetMessageClass(method.input_type)())
    unary = channel.unary_unary(
        f"/{SERVICE}/{name}",
        request_serializer=lambda one: one.SerializeToString(),
        response_deserializer=GetMessageClass(method.output_type).FromString,
    )
    return MessageToDict(unary(message, timeout=30), preserving_proto_field_name=True)


def test_services_are_listed(reflected):
    database, _ = reflected
    assert {SERVICE, "grpc.health.v1.Health"} <= set(database.get_services())


def test_the_service_is_described(reflected):
    _, pool = reflected
    service = pool.FindServiceByName(SERVICE)
    assert METHODS <= set(service.methods_by_name)
    request = service.methods_by_name["ModelInfer"].input_type
    assert (request.full_name, request.fields_by_name["raw_input_contents"].number) == ("inference.ModelInferRequest", 7)


def test_a_method_is_called_by_its_description_alone(channel, reflected, cells):
    _, pool = reflected
    assert call(channel, pool, "ModelReady", {"name": "cells"}) == {"ready": True}
    inputs = [
        {"name": name, "shape": [1], "datatype": "FP64", "contents": {"fp64_contents": [value]}} for name, value in cells.rows[0].items()
    ]
    answer = call(channel, pool, "ModelInfer", {"model_name": "cells", "id": "7", "inputs": inputs})
    assert (answer["model_name"], answer["id"]) == ("cells", "7")
    assert [output["name"] for output in answer["outputs"]] == ["prediction", "probability"]


def test_what_is_not_there_is_not_found(channel, reflected):
    database, pool = reflected
    with pytest.raises(KeyError):
        pool.FindServiceByName("inference.Nothing")
    with pytest.raises(grpc.RpcError) as failure:
        call(channel, pool, "ModelMetadata", {"name": "nothing"})
    assert failure.value.code() == grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize("service", ["", SERVICE])
def test_health_is_serving(channel, service):
    health = health_pb2_grpc.HealthStub(channel)
    assert health.Check(health_pb2.HealthCheckRequest(service=service), timeout=10).status == SERVING


def test_health_of_what_is_not_there_is_not_found(channel):
    with pytest.raises(grpc.RpcError) as failure:
        health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service="nothing"), timeout=10)
    assert failure.value.code() == grpc.StatusCode.NOT_FOUND


def test_an_unknown_method_is_unimplemented(channel):
    unary = channel.unary_unary(f"/{SERVICE}/Nothing", request_serializer=bytes, response_deserializer=bytes)
    with pytest.raises(grpc.RpcError) as failure:
        unary(b"", timeout=10)
    assert failure.value.code() == grpc.StatusCode.UNIMPLEMENTED
