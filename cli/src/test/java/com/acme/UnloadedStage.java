package com.acme;

/** A class that nothing may load. */
public final class UnloadedStage {

  static {
    System.setProperty("com.acme.UnloadedStage", "initialized");
  }
}
