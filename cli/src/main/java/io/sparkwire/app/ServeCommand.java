package io.sparkwire.app;

import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.model.ModelDirectory;
import io.sparkwire.model.ModelLocation;
import io.sparkwire.model.ModelVersion;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionText;
import io.sparkwire.spark.KnownLabels;
import io.sparkwire.spark.ParseMode;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.ServingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command that serves a saved model, a SQL query, or one after the other.
 *
 * <p>What can be checked without Spark is checked before Spark starts. Runs on: driver, its main
 * thread.
 */
@Command(
    name = "serve",
    description = "Serves a saved SparkML model, a SQL query, or both.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class ServeCommand extends ServiceCommand {

  private static final ConfigOption<String> NAME =
      ConfigOption.computed(
          "name",
          ServiceSpec.SERVICE.type(),
          "the model's directory, or sql",
          ServiceSpec.SERVICE.help());

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Saved SparkML model or other transformer: a directory, or an address that Spark reads. It is"
              + " code: load only what you would run as a program.")
  private String model;

  @Option(
      names = "--watch",
      description =
          "Serve new versions of the model as they appear: the last by name of the models below"
              + " --model, or the one that replaces it in place. Write access there means running code"
              + " here.")
  private boolean watch;

  @Option(
      names = "--schema",
      paramLabel = "DDL",
      required = true,
      description = "Columns of a request, as in \"value INT NOT NULL, text STRING\".")
  private String schema;

  @Option(
      names = "--sql",
      paramLabel = "QUERY",
      description =
          "Query over the view 'requests', after the model if there is one; one row per request. A"
              + " request that WHERE leaves out gets 422.")
  private String sql;

  @Option(
      names = "--reply",
      paramLabel = "COLUMN[,COLUMN]",
      description = "Columns of the reply (default: all of --sql, or prediction and probability).")
  private String reply;

  @Option(
      names = "--parse",
      paramLabel = "strict|permissive|raw",
      defaultValue = "strict",
      description =
          "What to do with a body that does not match the schema: 400, nulls, or no parsing"
              + " (default: ${DEFAULT-VALUE}).")
  private ParseMode parse;

  @Mixin
  private final OptionArguments naming = new OptionArguments(List.of(NAME, ServicePath.PATH));

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Where Spark keeps the query's checkpoint (default: a temporary directory).")
  private String checkpoint;

  @Option(
      names = "--warm-up",
      paramLabel = "FILE",
      description =
          "File with the body of a request that is sent through the pipeline before the service is"
              + " ready, so that no client waits for code to be compiled.")
  private Path warmUp;

  ServeCommand(Console console, StopSignals signals) {
    super(console, signals);
  }

  @Override
  public Integer call() {
    ServicePlan plan = Usage.checked(spec, () -> checked(this::plan));
    ModelVersion version = watch ? newestVersion() : null;
    if (model != null && !watch) {
      new ModelLocation(model).check();
    }
    byte[] sample = warmUp == null ? null : read(warmUp, plan);
    plan.checkSurroundings(run.isLocal());
    signals.listen();
    int steps = (model == null ? 2 : 3) + stepsToSpark();
    Progress progress = new Progress(console.out(), steps, System::nanoTime);
    SparkSession spark = startSpark(plan.name(), progress);
    Transformer transformer = model == null ? null : load(spark, version, progress);
    ServingWriter writer =
        progress.step(
            "checking schema, model and reply",
            () -> writer(plan, spark, transformer, version, sample));
    ServiceRun service = new ServiceRun(plan, run, console, signals);
    service.run(
        writer,
        progress,
        sample(plan, transformer),
        query -> follow(query, version, v -> writer(plan, spark, v, sample)));
    leave();
    return spec.exitCodeOnSuccess();
  }

  private ServicePlan plan() {
    if (model == null && sql == null) {
      throw new IllegalArgumentException("nothing to serve: give --model, --sql, or both");
    }
    if (sql != null
        && !run.conf().contains("spark.sql.extensions")) { // which may parse another SQL
      Serving.checkSql(sql);
    }
    replyColumns();
    if (watch && (model == null || !new ModelLocation(model).isLocal())) {
      throw new IllegalArgumentException("--watch needs --model with a directory of this machine");
    }
    String usual = model == null ? "sql" : new ModelLocation(model).name();
    String service = NAME.from(naming.options(), usual);
    NAME.check(service);
    return new ServicePlan(
        listener.options(service, naming.given().get(ServicePath.PATH.name())),
        RequestSchema.of(schema, parse),
        trigger.trigger(listener.epochLength()),
        trigger.replicas(),
        checkpoint);
  }

  private List<String> replyColumns() {
    return reply == null ? List.of() : OptionText.list("reply", reply);
  }

  private static byte[] read(Path file, ServicePlan plan) {
    try {
      if (Files.size(file) > plan.maxBodyBytes()) {
        throw new IllegalStateException(
            "--warm-up needs a body of at most --max-body, but '"
                + file
                + "' has "
                + Files.size(file)
                + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalStateException("--warm-up needs a file, but cannot read '" + file + "'", e);
    }
  }

  private String contentType() {
    return parse == ParseMode.RAW ? "text/plain" : "application/json";
  }

  private ModelVersion newestVersion() {
    return new ModelDirectory(Path.of(model))
        .newest()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there is no saved SparkML model in '" + model + "', nor below it"));
  }

  private Transformer load(SparkSession spark, ModelVersion version, Progress progress) {
    ModelLocation location = version == null ? new ModelLocation(model) : version.location();
    return progress.step(
        "loading " + location.text(),
        () -> OneOffQueries.during(spark, () -> location.load(spark)));
  }

  private ServingWriter writer(
      ServicePlan plan, SparkSession spark, ModelVersion version, byte[] sample) {
    return writer(plan, spark, version.location().load(spark), version, sample);
  }

  private ServingWriter writer(
      ServicePlan plan,
      SparkSession spark,
      Transformer transformer,
      ModelVersion version,
      byte[] sample) {
    ServingWriter writer =
        plan.writer(spark, new ServePipeline(plan.schema(), transformer, sql, replyColumns()));
    if (version != null) {
      writer.version(version.name());
    }
    return sample == null ? writer : writer.warmUp(contentType(), sample);
  }

  private void follow(
      ServingQuery query, ModelVersion version, Function<ModelVersion, ServingWriter> writers) {
    if (watch) {
      new ModelWatch(new ModelDirectory(Path.of(model)), version, writers, console).follow(query);
    }
  }

  private SampleRequest sample(ServicePlan plan, Transformer transformer) {
    return parse == ParseMode.RAW
        ? SampleRequest.raw()
        : SampleRequest.of(plan.schema().columns(), KnownLabels.of(transformer));
  }
}
