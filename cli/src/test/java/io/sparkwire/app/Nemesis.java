package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Two workers, of which one shuffles the rows of a request, and two gateways, with a driver that
 * kills, freezes and restarts them in an order that a seed decides.
 */
final class Nemesis {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String SERVICE = "doubled";

  /** The path of the service at every node. */
  static final String PATH = "/" + SERVICE;

  private static final int NODES = 2;
  private static final int FIRST_GATEWAY = NODES;
  private static final int A_WHILE = 1_000;
  private static final Duration A_THIRD =
      Duration.ofSeconds(Integer.getInteger("sparkwire.cluster.seconds", 0)).dividedBy(3);

  /** What it does to the nodes. */
  enum Blow {
    KILLS_A_WORKER,
    FREEZES_A_WORKER,
    KILLS_BOTH_GATEWAYS,
    RESTARTS_ONE_BY_ONE
  }

  private final FatJarCluster cluster;
  private final CheckedClients clients;
  private final List<String> secrets;
  private final Random random;
  private final List<RunningApp> workers = new ArrayList<>();
  private final List<RunningApp> gateways = new ArrayList<>();
  private final List<Front> fronts = new ArrayList<>();

  /**
   * @param secrets of the cluster: the one that it has, and the one that replaces it when nodes are
   *     restarted; or none
   */
  Nemesis(FatJarCluster cluster, CheckedClients clients, List<String> secrets, long seed) {
    this.secrets = secrets;
    this.cluster = cluster;
    this.clients = clients;
    this.random = new Random(seed);
  }

  /** Starts the nodes and lets the clients begin. */
  void begin() throws Exception {
    if (!secrets.isEmpty()) {
      cluster.useSecrets(secrets.get(0));
    }
    for (int i = 0; i < NODES; i++) {
      workers.add(startWorker(i));
    }
    for (RunningApp worker : workers) {
      worker.url();
    }
    for (int i = 0; i < NODES; i++) {
      gateways.add(cluster.startGateway(FIRST_GATEWAY + i));
    }
    for (int i = 0; i < NODES; i++) {
      fronts.add(openFront(i));
    }
    clients.awaitMore(A_WHILE, A_THIRD);
  }

  private RunningApp startWorker(int i) throws IOException {
    String sql = i == 0 ? CheckedClients.SQL : CheckedClients.SHUFFLED_SQL;
    return cluster.startWorker(i, SERVICE, sql, "--batch", "on");
  }

  private Front openFront(int i) throws IOException {
    RunningApp gateway = gateways.get(i);
    await().atMost(TIMEOUT).until(() -> gateway.statusAt(PATH, "{\"value\":0}") == 200);
    URI address = URI.create(gateway.url());
    return clients.open(new InetSocketAddress(address.getHost(), address.getPort()));
  }

  /** Every kind of blow once, in an order by the seed; clients get answers between any two. */
  void strike() throws Exception {
    List<Blow> blows = new ArrayList<>(List.of(Blow.values()));
    Collections.shuffle(blows, random);
    for (Blow blow : blows) {
      int one = random.nextInt(NODES);
      System.out.println("the nemesis " + blow + " " + one);
      switch (blow) {
        case KILLS_A_WORKER -> killWorker(one);
        case FREEZES_A_WORKER -> freezeWorker(one);
        case KILLS_BOTH_GATEWAYS -> killGateways();
        case RESTARTS_ONE_BY_ONE -> restart();
      }
      clients.awaitMore(A_WHILE, A_THIRD);
    }
  }

  /** Once; or twice, as operators do to replace the secret of a cluster. */
  private void restart() throws Exception {
    if (!secrets.isEmpty()) {
      cluster.useSecrets(secrets.get(1), secrets.get(0));
      restartOneByOne();
      clients.awaitMore(A_WHILE, A_THIRD);
      cluster.useSecrets(secrets.get(1));
    }
    restartOneByOne();
  }

  private void killWorker(int one) throws Exception {
    workers.get(one).kill();
    clients.awaitMore(A_WHILE, A_THIRD);
    workers.set(one, startWorker(one));
    workers.get(one).url();
  }

  private void freezeWorker(int one) throws Exception {
    RunningApp observer = gateways.get(0);
    long before = FatJarCluster.losses(observer);
    workers.get(one).freeze();
    FatJarCluster.awaitLosses(observer, before + 1);
    clients.awaitMore(A_WHILE, A_THIRD);
    workers.get(one).thaw();
    await().atMost(TIMEOUT).until(() -> workers.get(one).statusAt("", "{\"value\":0}") == 200);
  }

  private void killGateways() throws Exception {
    fronts.forEach(front -> front.become(Front.State.DOOMED));
    for (RunningApp gateway : gateways) {
      gateway.kill();
    }
    for (int i = 0; i < NODES; i++) {
      gateways.set(i, cluster.startGateway(FIRST_GATEWAY + i));
    }
    for (int i = 0; i < NODES; i++) {
      fronts.set(i, openFront(i));
    }
  }

  private void restartOneByOne() throws Exception {
    for (int i = 0; i < NODES; i++) {
      end(workers.get(i));
      workers.set(i, startWorker(i));
      workers.get(i).url();
    }
    for (int i = 0; i < NODES; i++) {
      Front front = fronts.get(i);
      front.become(Front.State.LEAVING);
      await().atMost(TIMEOUT).until(front::isUnused);
      end(gateways.get(i));
      gateways.set(i, cluster.startGateway(FIRST_GATEWAY + i));
      fronts.set(i, openFront(i));
    }
  }

  private static void end(RunningApp node) throws InterruptedException {
    node.terminate();
    assertThat(node.exitCode()).isZero();
  }
}
