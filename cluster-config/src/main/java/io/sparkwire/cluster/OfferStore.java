package io.sparkwire.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.sparkwire.secret.ValueSeal;
import java.util.HashMap;
import java.util.Map;

/** The texts of all nodes' offers, in a map that nodes share. Thread-safe; blocks. */
final class OfferStore {

  static final String MAP = "sparkwire.directory";

  private final IMap<String, String> map;
  private final ValueSeal seal;

  OfferStore(HazelcastInstance hazelcast, ValueSeal seal) {
    this.map = hazelcast.getMap(MAP);
    this.seal = seal;
  }

  /** Has an action run when an offer has come, changed or gone. */
  void listen(Runnable changed) {
    map.addEntryListener((EntryAddedListener<String, String>) event -> changed.run(), false);
    map.addEntryListener((EntryUpdatedListener<String, String>) event -> changed.run(), false);
    map.addEntryListener((EntryRemovedListener<String, String>) event -> changed.run(), false);
  }

  /** All that are authentic, by their keys. Those that are not are removed. */
  Map<String, String> all() {
    Map<String, String> texts = new HashMap<>();
    map.entrySet().forEach(entry -> read(entry.getKey(), entry.getValue(), texts));
    return texts;
  }

  private void read(String key, String sealed, Map<String, String> into) {
    String text = seal.openText(sealed, MAP, key);
    if (text == null) {
      map.delete(key);
    } else {
      into.put(key, text);
    }
  }

  void set(String key, String text) {
    map.set(key, seal.sealText(text, MAP, key));
  }

  void delete(String key) {
    map.delete(key);
  }
}
