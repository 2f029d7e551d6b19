package com.example.app;

import com.example.shout.ShoutService;
import io.sparkwire.spark.ServingQuery;
import org.apache.spark.sql.SparkSession;

/** A program that starts the service on the port that it gets, or on 8888. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8888;
    SparkSession spark = SparkSession.builder().master("local[*,1000000]").getOrCreate();
    ServingQuery query = ShoutService.start(spark, port);
    System.out.println("Serving at " + query.url());
    query.awaitTermination();
  }
}
