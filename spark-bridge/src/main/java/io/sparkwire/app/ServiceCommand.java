package io.sparkwire.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What commands that run a service share: their arguments, and the surroundings of the program. */
abstract class ServiceCommand implements Callable<Integer> {

  @Mixin ListenerArguments listener;
  @Mixin TriggerArguments trigger;
  @Mixin MembershipArguments membership;
  @Mixin RunArguments run;
  @Spec CommandSpec spec;

  final Console console;
  final StopSignals signals;

  ServiceCommand(Console console, StopSignals signals) {
    this.console = console;
    this.signals = signals;
  }
}
