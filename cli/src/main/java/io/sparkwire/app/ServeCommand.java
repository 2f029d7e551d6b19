package io.sparkwire.app;

import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.model.ModelSchema;
import io.sparkwire.model.ModelSource;
import io.sparkwire.model.ModelVersion;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionText;
import io.sparkwire.spark.KnownLabels;
import io.sparkwire.spark.ParseMode;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.ServingWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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
    description = "Serves a saved SparkML model or a deep network, a SQL query, or both.",
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

  @Mixin private ModelArguments model;

  @Option(
      names = "--watch",
      description =
          "Serve new versions of the model as they appear: the last by name of the models below"
              + " --model, or the one that replaces it in place. Write access there means deploying.")
  private boolean watch;

  @Option(
      names = "--schema",
      paramLabel = "DDL",
      description =
          "Columns of a request, as in \"value INT NOT NULL, text STRING\" (default: what MLflow has"
              + " noted, or what the stages of the model need).")
  private String schema;

  @Option(
      names = "--sql",
      paramLabel = "QUERY",
      description =
          "Query over the view 'requests', after the model if there is one; one row per request. A"
              + " request that WHERE leaves out gets the status of --no-row.")
  private String sql;

  @Option(
      names = "--reply",
      paramLabel = "COLUMN[,COLUMN]",
      description =
          "Columns of the reply (default: all of --sql, or what the model predicts, in words if it has"
              + " them).")
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
    ModelVersion version = watch ? model.newestVersion() : null;
    if (model.hasModel() && !watch) {
      model.location().check(model.allowedStages());
    }
    UnaryOperator<ServingWriter> warmed = warmed(plan);
    checkSurroundings(plan);
    signals.listen();
    int steps = 2 + (model.hasModel() ? 1 : 0) + (schema == null ? 1 : 0) + stepsToSpark();
    Progress progress = new Progress(console.out(), steps, System::nanoTime);
    SparkSession spark = startSpark(plan.name(), progress);
    Transformer transformer = model.hasModel() ? load(spark, version, progress) : null;
    RequestSchema columns =
        schema == null ? found(spark, version, transformer, progress) : givenSchema();
    serve(new Described(plan, spark, columns, warmed), transformer, version, progress);
    leave();
    return spec.exitCodeOnSuccess();
  }

  private UnaryOperator<ServingWriter> warmed(ServicePlan plan) {
    byte[] body = warmUp == null ? null : plan.warmUpBody(warmUp);
    return writer -> body == null ? writer : writer.warmUp(contentType(), body);
  }

  /** What is the same for all versions of the model. */
  private record Described(
      ServicePlan plan,
      SparkSession spark,
      RequestSchema schema,
      UnaryOperator<ServingWriter> warmUp) {}

  private void serve(
      Described service, Transformer loaded, ModelVersion version, Progress progress) {
    ServingWriter first =
        progress.step("checking schema, model and reply", () -> writer(service, loaded, version));
    Function<ModelVersion, ServingWriter> later =
        next -> writer(service, load(service.spark(), next), next);
    new ServiceRun(service.plan(), run, console, signals)
        .run(
            first,
            progress,
            sample(service.schema(), loaded),
            query -> follow(query, version, later));
  }

  private ServicePlan plan() {
    checkWhatIsServed();
    String usual = model.hasModel() ? model.location().name() : "sql";
    String service = NAME.from(naming.options(), usual);
    NAME.check(service);
    return new ServicePlan(
        listener.options(service, naming.given().get(ServicePath.PATH.name())),
        trigger.trigger(listener.epochLength()),
        trigger.replicas(),
        checkpoint);
  }

  private void checkWhatIsServed() {
    if (!model.hasModel() && sql == null) {
      throw new IllegalArgumentException("nothing to serve: give --model, --onnx or --sql");
    }
    if (sql != null
        && !run.conf().contains("spark.sql.extensions")) { // which may parse another SQL
      Serving.checkSql(sql);
    }
    replyColumns();
    if (watch && !model.hasDirectory()) {
      throw new IllegalArgumentException("--watch needs --model with a directory of this machine");
    }
    model.checkSchema(schema);
    model.allowedStages();
    if (model.hasModel()) {
      model.location();
    }
    if (schema != null) {
      givenSchema();
    }
  }

  private RequestSchema givenSchema() {
    return RequestSchema.of(schema, parse);
  }

  /** The schema where none is given, and a line that says how to keep it. */
  private RequestSchema found(
      SparkSession spark, ModelVersion version, Transformer loaded, Progress progress) {
    ModelSource source = loaded == null ? null : location(version);
    Predicate<String> replied = column -> ServePipeline.names(sql, replyColumns(), column);
    ModelSchema found =
        progress.step(
            "finding the schema",
            () -> OneOffQueries.during(spark, () -> model.schema(spark, source, loaded, replied)));
    found.notes().forEach(progress::note);
    progress.note("found in " + found.source() + "; to keep it:");
    RequestSchema request = new RequestSchema(found.columns(), parse);
    progress.note((loaded == null ? request : request.fittedTo(loaded)).argument());
    return request;
  }

  private List<String> replyColumns() {
    return reply == null ? List.of() : OptionText.list("reply", reply);
  }

  private String contentType() {
    return parse == ParseMode.RAW ? "text/plain" : "application/json";
  }

  private Transformer load(SparkSession spark, ModelVersion version, Progress progress) {
    return progress.step(
        "loading " + location(version).text(),
        () -> OneOffQueries.during(spark, () -> load(spark, version)));
  }

  private Transformer load(SparkSession spark, ModelVersion version) {
    return location(version).load(spark, model.allowedStages());
  }

  private ModelSource location(ModelVersion version) {
    return version == null ? model.location() : version.location();
  }

  private ServingWriter writer(Described service, Transformer loaded, ModelVersion version) {
    ServePipeline pipeline = new ServePipeline(service.schema(), loaded, sql, replyColumns());
    ServingWriter writer = service.plan().writer(service.spark(), pipeline);
    if (version != null) {
      writer.version(version.name());
    }
    return service.warmUp().apply(writer);
  }

  private void follow(
      ServingQuery query, ModelVersion version, Function<ModelVersion, ServingWriter> writers) {
    if (watch) {
      new ModelWatch(model.directory(), version, writers, console).follow(query);
    }
  }

  private SampleRequest sample(RequestSchema columns, Transformer transformer) {
    return parse == ParseMode.RAW
        ? SampleRequest.raw()
        : SampleRequest.of(columns.columns(), KnownLabels.of(transformer));
  }
}
