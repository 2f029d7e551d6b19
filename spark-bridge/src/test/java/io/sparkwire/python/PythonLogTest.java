package io.sparkwire.python;

import static io.sparkwire.python.TestPython.compute;
import static io.sparkwire.python.TestPython.functions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("python")
class PythonLogTest {

  private final Logger root = (Logger) LogManager.getRootLogger();
  private final Lines lines = new Lines();
  private final PythonPools pools = new PythonPools();

  private static final class Lines extends AbstractAppender {

    private final List<String> all = new CopyOnWriteArrayList<>();

    Lines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      all.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }
  }

  @BeforeEach
  void listen() {
    lines.start();
    Configurator.setLevel(PythonPools.class.getPackageName(), Level.INFO);
    root.addAppender(lines);
  }

  @AfterEach
  void close() {
    pools.close();
    root.removeAppender(lines);
    lines.stop();
  }

  @Test
  void whatFunctionsPrintIsInTheLog() throws Exception {
    String source =
        "import sys\ndef f(x):\n  print('out', x)\n  print('err', x, file=sys.stderr)\n  return x";
    PythonWorker worker = pools.acquire(functions(source, 100, "LongType()"), "a", 1).take();
    assertThat(compute(worker, 1)).containsExactly(1);
    await().until(() -> lines.all.containsAll(List.of("INFO Python: out 1", "INFO Python: err 1")));
  }

  @Test
  void aWorkerThatDiesIsAnEvent() throws Exception {
    PythonFunctions functions =
        functions("import os\ndef f(x): os._exit(3)", TestPython.BATCHED, "LongType()");
    PythonWorker worker = pools.acquire(functions, "a", 1).take();
    worker.send(TestPython.batch(1));
    String line =
        "WARN event=python-worker-lost Python worker %d has ended with exit code 3; another one starts"
            .formatted(worker.pid());
    await().until(() -> lines.all.contains(line));
  }
}
