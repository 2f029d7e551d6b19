package io.sparkwire.control;

import io.sparkwire.cluster.Node;
import io.sparkwire.http.WarmUp;
import io.sparkwire.intake.NodeDuties;
import io.sparkwire.intake.ServedService;
import io.sparkwire.intake.ServedServices;
import io.sparkwire.thread.DaemonThreads;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controls of this node's services: by itself, or as a driver through its executors.
 *
 * <p>A driver checks every second for new executors, lets them serve what the others do, and logs
 * what has changed. Thread-safe.
 */
public final class ServiceControls {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceControls.class);

  private final Node node;
  private final ServedServices services;
  private final WarmUp warmUp;
  private final NodeDuties part;
  private final Map<String, ServiceControl> controls = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("sparkwire-driver"));
  private final ServingMonitor monitor;
  private ScheduledFuture<?> polling;
  private CommandHandler desk;

  private ServiceControls(Node node, ServedServices services, WarmUp warmUp, NodeDuties part) {
    this.node = node;
    this.services = services;
    this.warmUp = warmUp;
    this.part = part;
    this.monitor = new ServingMonitor(node);
  }

  public static ServiceControls start(
      Node node, ServedServices services, WarmUp warmUp, NodeDuties part) {
    ServiceControls controls = new ServiceControls(node, services, warmUp, part);
    if (part.isExecutor()) {
      controls.desk = new CommandHandler(node, part, controls::own);
      controls.desk.open().await();
    } else if (!part.computes()) {
      controls.polling =
          controls.thread.scheduleWithFixedDelay(controls::refresh, 1, 1, TimeUnit.SECONDS);
    }
    return controls;
  }

  public ServiceControl of(String service) {
    return controls.computeIfAbsent(
        service,
        name ->
            part.computes()
                ? own(name)
                : new ClusterControl(new ExecutorClients(node), own(name), part.listens(), name));
  }

  /** How many readers are open, of all services that this node or its executors serve. */
  public int openReaders() {
    return part.computes()
        ? services.all().stream().mapToInt(ServedService::openReaders).sum()
        : controls.values().stream().mapToInt(control -> control.load().openReaders()).sum();
  }

  private ServiceControl own(String service) {
    return new LocalControl(services, warmUp, node.host(), service);
  }

  private void refresh() {
    try {
      controls.values().forEach(control -> ((ClusterControl) control).keepServing());
      monitor.refresh();
    } catch (RuntimeException e) { // the cluster is in the middle of a change: next time
      LOG.debug("the nodes of the cluster could not be asked", e);
    }
  }

  public void close() {
    if (desk != null) {
      desk.close();
    }
    if (polling != null) {
      polling.cancel(false);
    }
    thread.shutdownNow();
  }
}
