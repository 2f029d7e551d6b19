package io.sparkwire.history;

import com.hazelcast.partition.PartitionAware;

/**
 * Names one chunk of a share. All chunks of a share are in one Hazelcast partition. Immutable.
 *
 * @param share the reader's share, as text
 * @param chunk unique in the share; those of one node sort in the order of writing
 */
record ChunkKey(String share, String chunk) implements PartitionAware<String> {

  static ChunkKey of(EpochShare key, String chunk) {
    return new ChunkKey(shareOf(key), chunk);
  }

  static String shareOf(EpochShare key) {
    return key.service() + '/' + key.epoch() + '/' + key.partition() + '/' + key.query();
  }

  @Override
  public String getPartitionKey() {
    return share;
  }
}
