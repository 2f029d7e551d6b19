package io.sparkwire.control;

import io.sparkwire.http.WarmUp;
import io.sparkwire.intake.ServedService;
import io.sparkwire.intake.ServedServices;
import io.sparkwire.intake.ServedVersion;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.WarmUpRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A service as far as this very JVM serves it. Thread-safe. */
final class LocalControl implements ServiceControl {

  private final ServedServices services;
  private final WarmUp warmUp;
  private final String host;
  private final String service;

  /**
   * @param host by which others reach this machine; replaces the wildcard host of a service
   */
  LocalControl(ServedServices services, WarmUp warmUp, String host, String service) {
    this.services = services;
    this.warmUp = warmUp;
    this.host = host;
    this.service = service;
  }

  @Override
  public void serve(ServiceSpec spec, String owner, int version) {
    ServedService served = services.serve(spec, owner);
    if (served.current() != served.version(version)) {
      served.switchTo(version);
    }
    services.describe(served, spec.schema());
  }

  @Override
  public VersionStatus version(int number) {
    ServedVersion version = services.version(service, number);
    if (version == null) {
      return VersionStatus.UNKNOWN;
    }
    Map<String, Integer> unfinished =
        version.queries().stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), q -> services.epochs().unfinished(service, q)));
    return new VersionStatus(
        !version.queries().isEmpty(),
        version.drained(),
        version.intake().isEnding(),
        version.intake().size(),
        version.openReaders(),
        version.timesOpened(),
        unfinished);
  }

  @Override
  public ServiceLoad load() {
    ServedService served = services.find(service);
    if (served == null) {
      return ServiceLoad.NONE;
    }
    return new ServiceLoad(
        true,
        served.openReaders(),
        served.service().inFlight(),
        served.service().counts(),
        addresses(served));
  }

  private List<String> addresses(ServedService served) {
    String listens = served.service().spec().listener().host();
    return served.port() < 0
        ? List.of()
        : List.of((listens.equals("0.0.0.0") ? host : listens) + ':' + served.port());
  }

  @Override
  public boolean awaitRequest(int version, long nanos) {
    ServedVersion served = services.version(service, version);
    return served != null && served.intake().awaitRequest(nanos);
  }

  @Override
  public void committed(String query, long epoch) {
    services.epochs().committed(service, query, epoch);
  }

  @Override
  public void epochEnded(String query, long epoch) {
    services.epochs().epochEnded(service, query, epoch);
  }

  @Override
  public void ended(String query) {
    services.epochs().ended(service, query);
  }

  @Override
  public void switchTo(int version, ServiceSchema schema) {
    ServedService served = services.find(service);
    if (served != null) {
      served.switchTo(version);
      services.describe(served, schema);
    }
  }

  @Override
  public void endEpochs(int version) {
    ServedVersion served = services.version(service, version);
    if (served != null) {
      served.endEpochs();
    }
  }

  @Override
  public void retire(int version) {
    services.retire(service, version);
  }

  @Override
  public void warmUp(ServiceSpec spec, int version, WarmUpRequest sample) {
    warmUp.http(spec);
    ServedVersion served = services.version(service, version);
    if (sample != null && served != null) {
      warmUp.run(spec, served::take, sample);
    }
  }

  @Override
  public void failing(boolean now) {
    ServedService served = services.find(service);
    if (served != null) {
      served.failing(now);
    }
  }

  @Override
  public void stopTaking() {
    ServedService served = services.find(service);
    if (served != null) {
      services.stopTaking(served);
    }
  }

  @Override
  public void release(String owner) {
    services.release(service, owner);
  }
}
