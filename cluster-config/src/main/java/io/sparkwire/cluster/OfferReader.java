package io.sparkwire.cluster;

import io.sparkwire.log.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Reads the entries of the directory. It leaves out those that this node cannot read, such as those
 * of another version, and logs each of them once.
 *
 * <p>Thread-safe.
 */
final class OfferReader {

  private final Logger log;
  private final Set<String> ignored = ConcurrentHashMap.newKeySet();

  OfferReader(Logger log) {
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
        Event.OFFER_IGNORED.warn(log, e, "the offer {} cannot be read", key);
      }
      return Optional.empty();
    }
  }
}
