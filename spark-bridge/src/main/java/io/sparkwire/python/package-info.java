/**
 * Python workers: processes that run the Python functions of a plan, and what a JVM exchanges with
 * them. Knows no Spark; the functions are PySpark's, as bytes.
 *
 * <pre>{@code
 * JVM                                             server: sparkwire_worker.py
 *
 * PythonPools.acquire
 *   | one PythonPool for equal functions,
 *   | one PythonServer for each environment
 *   v
 * ServerProcess.start -------- python -u -------> imports pyspark, numpy, pyarrow, pandas
 *   |<------- standard output: events ----------- | listening, failed, ended
 *   |-------- standard input: commands ---------> | kill, end; at its end: all processes end
 *   |<------- standard error: the log ----------- | also of workers
 *   v                                             |
 * PythonWorker.connect ------ Unix socket ------> | fork
 *                                                 v
 *                                               worker
 *   |<------- HELLO --------------------------- its process id
 *   |-------- START --------------------------> the functions: unpickles them
 *   |<------- READY --------------------------- they ask for the first batch
 *   v
 * PythonPool.take, PythonWorker
 *   |-------- DATA --------------------------->  \
 *   |-------- DATA: a second batch ----------->   | a run
 *   |<------- DATA ... NEXT -------------------   | output of the first; then they ask for more
 *   |<------- DATA ... NEXT -------------------  /
 *   |
 *   |<------- EXCEPTION, or RETURNED ---------- the run has ended; what was sent is lost
 *   |-------- START, with nothing ------------> the same functions again: the next run
 *   |
 *   |-------- END ----------------------------> no more data: functions may return
 *
 * A process that ends is replaced by PythonPool: at the event of the server, or when it is discarded.
 * }</pre>
 */
package io.sparkwire.python;
