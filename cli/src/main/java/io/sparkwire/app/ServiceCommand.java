package io.sparkwire.app;

import io.sparkwire.admin.AdminOptions;
import io.sparkwire.admin.LogLevelRoutes;
import io.sparkwire.logging.Log4jLevels;
import io.sparkwire.node.ServingNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What commands that run a service share: their arguments, and the surroundings of the program. */
abstract class ServiceCommand implements Callable<Integer> {

  @Mixin ListenerArguments listener;
  @Mixin TriggerArguments trigger;
  @Mixin MembershipArguments membership;
  @Mixin AdminArguments admin;
  @Mixin RunArguments run;
  @Spec CommandSpec spec;

  final Console console;
  final StopSignals signals;

  ServiceCommand(Console console, StopSignals signals) {
    this.console = console;
    this.signals = signals;
  }

  /**
   * The service that the arguments describe, once all of them have been checked.
   *
   * @throws IllegalArgumentException if one is out of its range, or two do not go together
   */
  ServicePlan checked(Supplier<ServicePlan> description) {
    run.check();
    membership.check();
    admin.check(membership.node());
    ServicePlan plan = description.get();
    trigger.checkSuits(plan.options(), run.conf());
    if (run.isLocal()) {
      ListenPoint.checkDistinct(
          Stream.of(List.of(plan.point()), admin.points(), membership.points())
              .flatMap(List::stream)
              .toList());
    }
    return plan;
  }

  /** Checks what a start will need of this machine. */
  void checkSurroundings(ServicePlan plan) {
    plan.checkSurroundings(run.isLocal());
    if (run.isLocal()) {
      membership.node().checkFiles();
    }
  }

  /** How many steps {@link #startSpark} will show. */
  int stepsToSpark() {
    return 1 + (run.isLocal() ? membership.steps() : 0);
  }

  /** Starts Spark; before, this JVM's node joins its cluster, unless executors' nodes will. */
  SparkSession startSpark(String service, Progress progress) {
    if (!run.isLocal()) {
      Map<String, String> settings = membership.settings();
      admin.given().forEach((key, value) -> settings.put(MembershipArguments.SETTING + key, value));
      return run.startSpark(service, settings, progress);
    }
    run.log().begin();
    membership.join(progress);
    admin.options().ifPresent(this::administrate);
    return run.startSpark(service, Map.of(), progress);
  }

  private void administrate(AdminOptions options) {
    ServingNode.current().administrate(options, LogLevelRoutes.of(new Log4jLevels()));
  }

  /** Leaves the cluster again. */
  void leave() {
    if (run.isLocal()) {
      membership.leave();
    }
  }
}
