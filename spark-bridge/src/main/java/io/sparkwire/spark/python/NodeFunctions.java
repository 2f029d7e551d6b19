package io.sparkwire.spark.python;

import io.sparkwire.python.PythonEnvironment;
import io.sparkwire.python.PythonFiles;
import io.sparkwire.python.PythonFunctions;
import io.sparkwire.python.PythonKind;
import io.sparkwire.python.PythonOptions;
import io.sparkwire.python.PythonUdf;
import io.sparkwire.spark.catalyst.PlanColumns;
import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.python.PythonBroadcast;
import org.apache.spark.api.python.PythonFunction;
import org.apache.spark.api.python.PythonUtils;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag;

/**
 * The functions of a plan as the workers of this node get them: with the files and broadcast
 * variables that Spark has sent here.
 *
 * <p>Stateless. Runs on: task thread, or driver.
 */
final class NodeFunctions {

  private static final String PATH = "PYTHONPATH";
  private static final long MEGABYTE = 1L << 20;

  private NodeFunctions() {}

  static PythonFunctions of(PlannedFunctions planned, PythonOptions options) {
    return new PythonFunctions(
        environment(planned),
        files(planned),
        new PythonKind(planned.kind(), planned.session().worker(), planned.input().json()),
        planned.chains().stream().map(NodeFunctions::udf).toList(),
        (int) ((options.memory() + MEGABYTE - 1) / MEGABYTE));
  }

  /** That of the first function, as for Spark's own workers. */
  private static PythonEnvironment environment(PlannedFunctions planned) {
    PythonFunction first = planned.chains().get(0).functions().get(0);
    String executable = planned.session().executable();
    Map<String, String> variables = new HashMap<>(first.envVars());
    variables.put(
        PATH,
        PythonUtils.mergePythonPaths(
            PlanColumns.sequence(
                List.of(
                    PythonUtils.sparkPythonPath(),
                    first.envVars().getOrDefault(PATH, ""),
                    Optional.ofNullable(System.getenv(PATH)).orElse("")))));
    return new PythonEnvironment(
        executable == null ? first.pythonExec() : executable, first.pythonVer(), variables);
  }

  private static PythonFiles files(PlannedFunctions planned) {
    String directory = SparkFiles.getRootDirectory();
    List<String> includes =
        planned.chains().stream()
            .flatMap(chain -> chain.functions().stream())
            .flatMap(function -> function.pythonIncludes().stream())
            .distinct()
            .map(name -> new File(directory, name).getPath())
            .toList();
    return new PythonFiles(directory, includes);
  }

  private static PythonUdf udf(FunctionChain chain) {
    return new PythonUdf(
        chain.arguments().stream()
            .map(to -> new PythonUdf.Argument(to.offset(), Optional.ofNullable(to.name())))
            .toList(),
        chain.functions().stream().map(NodeFunctions::command).toList(),
        chain.functions().stream()
            .flatMap(function -> function.broadcastVars().stream())
            .map(NodeFunctions::broadcast)
            .toList());
  }

  private static PythonUdf.Command command(PythonFunction function) {
    return new PythonUdf.Command((byte[]) function.command().toArray(ClassTag.Byte()));
  }

  private static PythonUdf.BroadcastFile broadcast(Broadcast<PythonBroadcast> broadcast) {
    return new PythonUdf.BroadcastFile(broadcast.id(), broadcast.value().path());
  }
}
