package io.sparkwire.python;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The Python workers of a node: one {@link PythonPool} for all that run the same functions.
 *
 * <p>Thread-safe.
 */
public final class PythonPools implements AutoCloseable {

  /** How long a start may take: modules are imported, and models loaded. */
  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

  private final Duration startTimeout;
  private final Map<PythonEnvironment, PythonServer> servers = new HashMap<>();
  private final Map<PythonFunctions, OwnedPool> pools = new HashMap<>();
  private boolean closed;

  private record OwnedPool(PythonPool pool, Set<Object> owners) {}

  public PythonPools() {
    this(START_TIMEOUT);
  }

  PythonPools(Duration startTimeout) {
    this.startTimeout = startTimeout;
  }

  /**
   * The workers of these functions. Starts them at the first call and waits until all are ready;
   * later calls, of any owner, return the same pool.
   *
   * @param owner whose they are, like a version of a service: an object with {@code equals}. It may
   *     call this several times, also for other functions
   * @param workers how many; a later call with a larger number adds to them
   * @throws PythonStartException if they cannot start. Then the owner has not acquired them
   */
  public PythonPool acquire(PythonFunctions functions, Object owner, int workers) {
    OwnedPool owned;
    boolean isNew;
    synchronized (this) {
      owned = pools.computeIfAbsent(functions, this::create);
      isNew = owned.owners.add(owner);
    }
    try {
      owned.pool.grow(workers);
      return owned.pool;
    } catch (PythonStartException e) {
      if (isNew) {
        release(functions, owner);
      }
      throw e;
    }
  }

  private OwnedPool create(PythonFunctions functions) {
    if (closed) {
      throw new IllegalStateException("the Python workers of this node have been closed");
    }
    PythonServer server =
        servers.computeIfAbsent(
            functions.environment(), environment -> new PythonServer(environment, startTimeout));
    return new OwnedPool(new PythonPool(server, functions), new HashSet<>());
  }

  /** Gives up all pools of an owner. Those that have no other owner end with their processes. */
  public synchronized void release(Object owner) {
    Set.copyOf(pools.keySet()).forEach(functions -> release(functions, owner));
  }

  private synchronized void release(PythonFunctions functions, Object owner) {
    OwnedPool owned = pools.get(functions);
    if (owned != null && owned.owners.remove(owner) && owned.owners.isEmpty()) {
      pools.remove(functions);
      owned.pool.close();
      closeUnused(functions.environment());
    }
  }

  private void closeUnused(PythonEnvironment environment) {
    if (pools.keySet().stream().noneMatch(used -> used.environment().equals(environment))) {
      servers.remove(environment).close();
    }
  }

  /** Ends all processes. Does not block. */
  @Override
  public synchronized void close() {
    closed = true;
    pools.values().forEach(owned -> owned.pool.close());
    pools.clear();
    servers.values().forEach(PythonServer::close);
    servers.clear();
  }
}
