package io.sparkwire.app;

import io.sparkwire.model.AllowedStages;
import io.sparkwire.model.ModelLocation;
import io.sparkwire.spark.ParseMode;
import io.sparkwire.spark.ServingWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that shows everything at once: it trains a small model, saves it, loads it back and
 * serves it.
 *
 * <p>Runs on: driver, its main thread.
 */
@Command(
    name = "demo",
    description = "Trains a classifier of penguins, saves it, and serves it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class DemoCommand extends ServiceCommand {

  private static final String SERVICE = "penguins";

  @Option(
      names = "--save-to",
      paramLabel = "DIR",
      defaultValue = ".sparkwire/penguins",
      description = "Where to save the model (default: ${DEFAULT-VALUE}).")
  private String saveTo;

  @Option(names = "--train-only", description = "Stop when the model is saved.")
  private boolean trainOnly;

  DemoCommand(Console console, StopSignals signals) {
    super(console, signals);
  }

  @Override
  public Integer call() {
    ServicePlan plan = Usage.checked(spec, () -> checked(this::plan));
    ModelLocation location = new ModelLocation(saveTo);
    location.checkReplaceable();
    if (!trainOnly) {
      checkSurroundings(plan);
    }
    signals.listen();
    int steps = trainOnly ? 3 : 5 + stepsToSpark();
    Progress progress = new Progress(console.out(), steps, System::nanoTime);
    SparkSession spark =
        trainOnly ? run.startSpark(SERVICE, Map.of(), progress) : startSpark(SERVICE, progress);
    train(spark, location, progress);
    if (!trainOnly) {
      serve(spark, plan, location, progress);
      leave();
    }
    return spec.exitCodeOnSuccess();
  }

  private ServicePlan plan() {
    return new ServicePlan(
        listener.options(SERVICE, null),
        trigger.trigger(listener.epochLength()),
        trigger.replicas(),
        null);
  }

  private static void train(SparkSession spark, ModelLocation location, Progress progress) {
    Penguins penguins = Penguins.all();
    SpeciesClassifier classifier =
        progress.step(
            "training on " + penguins.training().rows().size() + " penguins",
            () -> SpeciesClassifier.train(spark, penguins));
    progress.note(classifier.accuracy());
    progress.step(
        "saving the model to " + location.text(), () -> location.save(classifier.model()));
  }

  private void serve(
      SparkSession spark, ServicePlan plan, ModelLocation location, Progress progress) {
    Transformer model =
        progress.step(
            "loading it back",
            () -> OneOffQueries.during(spark, () -> location.load(spark, AllowedStages.DEFAULT)));
    RequestSchema schema = RequestSchema.of(Penguins.COLUMNS, ParseMode.STRICT);
    ServePipeline pipeline = new ServePipeline(schema, model, null, List.of());
    ServingWriter writer =
        progress.step("checking schema, model and reply", () -> plan.writer(spark, pipeline));
    SampleRequest sample = SampleRequest.of(schema.columns(), Penguins.FIRST);
    writer.warmUp(sample.contentType(), sample.body().getBytes(StandardCharsets.UTF_8));
    new ServiceRun(plan, run, console, signals).run(writer, progress, sample, query -> {});
  }
}
