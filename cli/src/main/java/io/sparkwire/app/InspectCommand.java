package io.sparkwire.app;

import io.sparkwire.model.ModelReply;
import io.sparkwire.model.ModelSchema;
import io.sparkwire.model.ModelSource;
import io.sparkwire.model.StageSummary;
import io.sparkwire.spark.KnownLabels;
import io.sparkwire.spark.ParseMode;
import io.sparkwire.spark.catalyst.Ddl;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command that shows what a saved model consists of, needs and replies, and how to serve it.
 *
 * <p>Runs on: driver, its main thread.
 */
@Command(
    name = "inspect",
    description =
        "Shows the stages of a saved model, the columns that it needs and adds, and how to serve it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class InspectCommand implements Callable<Integer> {

  private static final String USUAL_ADDRESS = "http://127.0.0.1:8888/";

  @Mixin private ModelArguments model;
  @Mixin private SparkArguments spark;
  @Spec private CommandSpec spec;

  private final Console console;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ModelSource location = Usage.checked(spec, this::checkedLocation);
    location.check(model.allowedStages());
    spark.log().begin();
    SparkSession session = spark.start("inspect " + location.name(), Map.of());
    Transformer loaded =
        OneOffQueries.during(session, () -> location.load(session, model.allowedStages()));
    section("Stages", stages(loaded));
    ModelSchema found =
        OneOffQueries.during(session, () -> model.schema(session, location, loaded, name -> false));
    show(location, loaded, found);
    return spec.exitCodeOnSuccess();
  }

  private ModelSource checkedLocation() {
    if (!model.hasModel()) {
      throw new IllegalArgumentException("nothing to inspect: give --model or --onnx");
    }
    spark.check();
    model.trainingData();
    model.allowedStages();
    return model.location();
  }

  private static Stream<String> stages(Transformer loaded) {
    List<StageSummary> stages = StageSummary.of(loaded);
    int width = stages.stream().mapToInt(stage -> stage.kind().length()).max().orElse(1);
    String layout = "%d  %-" + width + "s  %s -> %s";
    return Stream.iterate(0, i -> i < stages.size(), i -> i + 1)
        .map(
            i ->
                layout.formatted(
                    i + 1, stages.get(i).kind(), stages.get(i).reads(), stages.get(i).writes()));
  }

  private void show(ModelSource location, Transformer loaded, ModelSchema found) {
    RequestSchema request = new RequestSchema(found.columns(), ParseMode.STRICT).fittedTo(loaded);
    StructType result = request.after(loaded);
    List<String> needed = List.of(request.columns().fieldNames());
    section("Needs, found in " + found.source(), columns(request.columns(), name -> true));
    section("Notes", found.notes().stream());
    section("Adds", columns(result.asNullable(), name -> !needed.contains(name)));
    List<String> available = List.of(result.fieldNames());
    section("Replies", Stream.of(String.join(", ", ModelReply.of(loaded, available).columns())));
    SampleRequest sample = SampleRequest.of(request.columns(), KnownLabels.of(loaded));
    section("Sample body", Stream.of(new SampleBody(sample.body()).shown()));
    section(
        "Serve", Stream.of("sparkwire serve " + location.argument() + " " + request.argument()));
    section("Ask", Stream.of(sample.curl(USUAL_ADDRESS + location.name(), "POST")));
  }

  private static Stream<String> columns(StructType columns, Predicate<String> shown) {
    return Arrays.stream(columns.fields())
        .filter(field -> shown.test(field.name()))
        .map(field -> Ddl.text(new StructType(new StructField[] {field})));
  }

  private void section(String title, Stream<String> lines) {
    List<String> content = lines.toList();
    if (!content.isEmpty()) {
      console.out().println(title + ":");
      content.forEach(line -> console.out().println("  " + line));
      console.out().println();
    }
  }
}
