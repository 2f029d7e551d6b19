package io.sparkwire.load.server;

import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;

/** The command lines of Sparkwire's own services, and of a gateway. */
public final class SparkwireServices {
  private static final String ECHO_PATH = "/echo";
  private static final String SPECIES_PATH = "/species";
  private static final String TEXT_PATH = "/text";
  private static final String TREES_PATH = "/trees";
  private static final String MANY_SERVICES = "io.sparkwire.examples.ManyServices";
  private static final String ECHO_SQL = "SELECT value FROM requests";

  /** Not {@code rand()}: that begins the same sequence of numbers again at each attempt. */
  private static final String FAULTY_SQL =
      "SELECT if(double(reflect('java.lang.Math', 'random')) < 0.02, raise_error('by chance'),"
          + " value) AS value FROM requests";

  /** So many that none of millions of requests fails at each of them by chance. */
  private static final List<String> FAULTY_ATTEMPTS = List.of("--max-attempts", "6");

  private final SparkJar jar;
  private final SavedModels models;
  private final IntSupplier freePort;

  public SparkwireServices(SparkJar jar, SavedModels models, IntSupplier freePort) {
    this.jar = jar;
    this.models = models;
    this.freePort = freePort;
  }

  public Contestant echo(String name, List<String> arguments) {
    return sql(name, ECHO_SQL, arguments);
  }

  /** An echo that throws at random for 2 % of the rows, and would succeed when tried again. */
  Contestant faulty(String name, List<String> arguments) {
    return sql(name, FAULTY_SQL, JavaCommand.join(FAULTY_ATTEMPTS, arguments));
  }

  /** A query over a column {@code value}, which it must give back. */
  public Contestant sql(String name, String sql, List<String> arguments) {
    List<String> what = List.of("--sql", sql, "--schema", "value BIGINT", "--reply", "value");
    return service(name, Target.at(freePort.getAsInt(), ECHO_PATH, Workload.ECHO), what, arguments);
  }

  /** An echo of a number and a text, which may be long. */
  public Contestant payload(String name, List<String> arguments) {
    List<String> what =
        List.of(
            "--sql", "SELECT value, text FROM requests", "--schema", "value BIGINT, text STRING");
    Target target = Target.at(freePort.getAsInt(), ECHO_PATH, Workload.PAYLOAD_100);
    return service(
        name, target, what, JavaCommand.join(List.of("--reply", "value,text"), arguments));
  }

  public Contestant species(String name, List<String> arguments) {
    Target target = Target.at(freePort.getAsInt(), SPECIES_PATH, Workload.SPECIES);
    List<String> what = model(models.species(), SavedModels.PENGUIN, "species,probability");
    Contestant service = service(name, target, what, arguments);
    return preparedBy(models.speciesTraining(), service);
  }

  Contestant text(String name, List<String> arguments) {
    Target target = Target.at(freePort.getAsInt(), TEXT_PATH, Workload.TEXT);
    List<String> what = model(models.text(), SavedModels.TEXT, "prediction,probability");
    return preparedBy(models.otherTraining(), service(name, target, what, arguments));
  }

  Contestant trees(String name, List<String> arguments) {
    Target target = Target.at(freePort.getAsInt(), TREES_PATH, Workload.TREES);
    List<String> what = model(models.trees(), SavedModels.PENGUIN, "prediction,probability");
    return preparedBy(models.otherTraining(), service(name, target, what, arguments));
  }

  /**
   * So many echo services in one JVM, on one listener, with the paths that {@link #pathOfMany}
   * gives.
   *
   * @param classes where the examples are compiled to
   */
  public Contestant many(String name, Path classes, int services) {
    Target last = Target.at(freePort.getAsInt(), pathOfMany(services), Workload.ECHO);
    List<String> command =
        jar.program(classes, MANY_SERVICES, "" + last.url().getPort(), "" + services);
    return sparkwire(name, last, JavaCommand.join(List.of("-Dspark.ui.enabled=false"), command));
  }

  /** Where one of many services is asked, the first of which has the number 1. */
  public static String pathOfMany(int service) {
    return "/echo-" + service;
  }

  /** It answers for the echo service of its cluster. */
  Contestant gateway(String name, List<String> arguments) {
    Target target = Target.at(freePort.getAsInt(), ECHO_PATH, Workload.ECHO);
    List<String> command = jar.sparkwire("gateway", "--port", "" + target.url().getPort());
    return sparkwire(name, target, JavaCommand.join(command, arguments));
  }

  private static List<String> model(Path model, String schema, String reply) {
    return List.of("--model", model.toString(), "--schema", schema, "--reply", reply);
  }

  private Contestant service(
      String name, Target target, List<String> what, List<String> arguments) {
    String path = target.url().getRawPath();
    List<String> command =
        jar.sparkwire("serve", "--name", path.substring(1), "--port", "" + target.url().getPort());
    return sparkwire(name, target, JavaCommand.join(command, what, arguments));
  }

  private static Contestant sparkwire(String name, Target target, List<String> command) {
    return new Contestant(name, Contestant.Standing.SPARKWIRE, target, Launch.of(command));
  }

  private static Contestant preparedBy(List<String> preparation, Contestant service) {
    return new Contestant(
        service.name(), service.standing(), service.target(), service.launch().after(preparation));
  }
}
