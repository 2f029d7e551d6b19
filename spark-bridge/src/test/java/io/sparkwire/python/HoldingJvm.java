package io.sparkwire.python;

import static io.sparkwire.python.TestPython.functions;

/** A JVM that holds a worker that waits and one that computes, until it is killed. */
final class HoldingJvm {

  private HoldingJvm() {}

  public static void main(String[] arguments) throws Exception {
    PythonPools pools = new PythonPools();
    PythonFunctions functions =
        functions("def f(x):\n  while True: pass", TestPython.BATCHED, "LongType()");
    PythonPool pool = pools.acquire(functions, "test", 2);
    PythonWorker busy = pool.take();
    PythonWorker waiting = pool.take();
    busy.send(TestPython.batch(1));
    System.out.println(busy.pid() + " " + waiting.pid());
    Thread.sleep(Long.MAX_VALUE);
  }
}
