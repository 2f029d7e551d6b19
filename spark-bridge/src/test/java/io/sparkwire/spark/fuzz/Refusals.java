package io.sparkwire.spark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.http.RawHttp;
import io.vertx.core.json.JsonObject;

/** What is right as a refusal: never a fault of the server, and always in its typed form. */
final class Refusals {

  private static final String PROBLEM = "urn:sparkwire:problem:";

  private Refusals() {}

  /** A problem document of a status from 400 to 499. */
  static void isProblem(RawHttp.Response response) {
    isRefused(response);
    assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
    JsonObject problem = new JsonObject(response.body());
    assertThat(problem.getString("type")).startsWith(PROBLEM);
    assertThat(problem.getInteger("status")).isEqualTo(response.status());
  }

  /** An error of the Open Inference Protocol. */
  static void isInferenceError(RawHttp.Response response) {
    isRefused(response);
    assertThat(new JsonObject(response.body()).getString("error")).isNotBlank();
  }

  /** An error of MLflow's scoring server. */
  static void isScoringError(RawHttp.Response response) {
    isRefused(response);
    JsonObject error = new JsonObject(response.body());
    assertThat(error.getString("error_code")).isEqualTo("BAD_REQUEST");
    assertThat(error.getString("message")).isNotBlank();
  }

  private static void isRefused(RawHttp.Response response) {
    assertThat(response.status()).as("%s", response).isBetween(400, 499);
  }
}
