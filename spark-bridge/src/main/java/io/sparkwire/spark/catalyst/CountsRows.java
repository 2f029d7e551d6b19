package io.sparkwire.spark.catalyst;

/**
 * A function over partitions that gives each row as soon as it is there, and counts those that it
 * takes in, by which the steps below it know a row that was left out on its way here.
 */
public interface CountsRows {}
