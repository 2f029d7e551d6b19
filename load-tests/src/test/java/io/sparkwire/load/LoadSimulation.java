package io.sparkwire.load;

import io.gatling.javaapi.core.Simulation;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Contestants;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A simulation with servers of its own: they answer before the first request is sent, and end after
 * the last reply.
 *
 * <p>Each is the built fat jar in its own process. Runs on: Gatling's main thread.
 */
abstract class LoadSimulation extends Simulation {
  private static final String HEAP = "512m";

  private final Path directory =
      Path.of(System.getProperty("sparkwire.work"), getClass().getName());
  private final List<Contestant> services = new ArrayList<>();

  /** The servers of this simulation. */
  final Fleet fleet = new Fleet(HEAP, directory);

  /** What can be served. */
  final Contestants contestants =
      new Contestants(
          Path.of(System.getProperty("sparkwire.jar")), directory.resolve("model"), FreePort::any);

  /** Has a service started with this simulation, after those named before. */
  final Contestant with(Contestant service) {
    services.add(service);
    return service;
  }

  @Override
  public void before() {
    try {
      for (Contestant service : services) {
        fleet.start(service);
      }
    } catch (IOException e) {
      fleet.close();
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      fleet.close();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void after() {
    fleet.close();
  }
}
