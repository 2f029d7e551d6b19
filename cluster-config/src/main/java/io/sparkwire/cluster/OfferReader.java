package io.sparkwire.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Reads the entries of the directory. It leaves out those that this node cannot read, such as those
 * of another version, and logs each of them once.
 *
 * <p>Thread-safe.
 */
final class OfferReader {

  private final Consumer<String> log;
  private final Set<String> ignored = ConcurrentHashMap.newKeySet();

  /**
   * @param log gets a line for each entry that is left out
   */
  OfferReader(Consumer<String> log) {
    this.log = log;
  }

  /**
   * @param entries all that are in the directory now: the texts of offers, by their keys
   */
  List<ServiceOffer> read(Map<String, String> entries) {
    ignored.retainAll(entries.keySet());
    return entries.entrySet().stream()
        .flatMap(entry -> read(entry.getKey(), entry.getValue()).stream())
        .toList();
  }

  private Optional<ServiceOffer> read(String key, String text) {
    try {
      return Optional.of(ServiceOffer.parse(text));
    } catch (RuntimeException e) { // whatever another release may have written there
      if (ignored.add(key)) {
        log.accept(
            "the offer %s is ignored: %s; run the same release on all nodes of a cluster"
                .formatted(key, e.getMessage()));
      }
      return Optional.empty();
    }
  }
}
