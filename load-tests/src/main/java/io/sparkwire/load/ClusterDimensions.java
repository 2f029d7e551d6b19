package io.sparkwire.load;

import io.sparkwire.load.server.ClusterServices;
import io.sparkwire.load.server.Contestant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The dimensions that can be varied in a cluster, each with a cluster of its own. */
final class ClusterDimensions {
  private static final int MOST_NODES = 6;

  private final Path jar;
  private final IntSupplier freePort;

  ClusterDimensions(Path jar, IntSupplier freePort) {
    this.jar = jar;
    this.freePort = freePort;
  }

  Dimension history() {
    ClusterServices cluster = new ClusterServices(jar, freePort);
    List<Contestant> workers =
        Stream.of("local", "async", "sync")
            .map(history -> cluster.worker(history, history))
            .toList();
    List<GrowthPoint> points =
        workers.stream()
            .map(one -> GrowthPoint.of(one.name(), one).with(beginningWith(one, workers)))
            .toList();
    return Dimension.of(
        "history",
        "Nodes that know all services, in a cluster of three",
        points,
        Figure.RATE,
        Figure.P50,
        Figure.CPU,
        Figure.BYTES);
  }

  private static List<Contestant> beginningWith(Contestant first, List<Contestant> all) {
    List<Contestant> rotated = new ArrayList<>(all);
    Collections.rotate(rotated, -all.indexOf(first));
    return rotated;
  }

  Dimension hop() {
    ClusterServices cluster = new ClusterServices(jar, freePort);
    Contestant worker = cluster.worker("hop-worker", "local");
    Contestant gateway = cluster.gateway("hop-gateway", "hop-worker");
    return Dimension.of(
        "hop",
        "The node that computes",
        List.of(
            GrowthPoint.of("the one that is asked", worker),
            GrowthPoint.of("another", gateway).with(List.of(gateway, worker))),
        Figure.RATE,
        Figure.P50,
        Figure.CPU,
        Figure.BYTES);
  }

  Dimension nodes() {
    ClusterServices cluster = new ClusterServices(jar, freePort);
    List<Contestant> workers =
        IntStream.rangeClosed(1, MOST_NODES)
            .mapToObj(i -> cluster.worker("node-" + i, "nodes", "async"))
            .toList();
    List<GrowthPoint> points =
        Stream.of(1, 2, 4, MOST_NODES)
            .map(n -> GrowthPoint.of("" + n, workers.get(0)).with(workers.subList(0, n)))
            .toList();
    return Dimension.of(
            "nodes",
            "Workers in the cluster, one of which is asked",
            points,
            Figure.RATE,
            Figure.P50,
            Figure.IDLE_CPU,
            Figure.IDLE_BYTES)
        .oneAtATime();
  }
}
