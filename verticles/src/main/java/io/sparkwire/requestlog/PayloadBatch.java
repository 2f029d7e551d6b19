package io.sparkwire.requestlog;

/**
 * Records of a payload log that are written together.
 *
 * @param bytes begins with the records, one on each line
 * @param length of these
 * @param entries how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record PayloadBatch(Partition partition, byte[] bytes, int length, int entries)
    implements PayloadItem {

  @Override
  public int weight() {
    return bytes.length;
  }
}
