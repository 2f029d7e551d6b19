/**
 * How a driver controls the services of its executors.
 *
 * <pre>{@code
 * driver                                          executor
 *
 * threads of queries and streams
 *   | ServiceControl: serve, version, committed, switchTo, release ...
 *   |
 *   |-- one JVM: LocalControl --> intake.ServedServices
 *   v
 * ClusterControl
 *   | DriverCommand with arguments, as JSON
 *   v
 * ExecutorClients.ask: all workers                event loop:
 *   |======== event bus, one request each ======> CommandHandler
 *   |                                               | another driver's command: declined
 *   |                                               v
 *   |                                             thread "sparkwire-commands":
 *   |                                             DriverCommand.carryOut
 *   |                                               |
 *   |                                               v
 *   |                                             LocalControl --> intake.ServedServices
 *   |<======= result, as JSON ====================  |
 *   v
 * sum of all answers
 *
 * Every second a driver sends SERVE again, for executors that have joined since.
 * }</pre>
 */
package io.sparkwire.control;
