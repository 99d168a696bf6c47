package org.example.cartograph;

import ca.uhn.fhir.validation.FhirValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Arguments: the folder of the guide's definitions, a folder of resources, milliseconds for each round. Prints for each
 * resource its file name and how many times a second it was validated on one thread, in the better of two rounds after
 * one to warm up, divided by a tab.
 */
public final class MeasureSpeed {

  private static final int ROUNDS = 3;

  private MeasureSpeed() {}

  public static void main(String[] arguments) throws IOException {
    FhirValidator validator = GuideValidator.withGuide(Path.of(arguments[0]));
    long nanos = Long.parseLong(arguments[2]) * 1_000_000;
    for (Path file : GuideValidator.jsonFiles(Path.of(arguments[1]))) {
      String content = Files.readString(file);
      double best = 0;
      for (int round = 0; round < ROUNDS; round++) {
        double rate = rateOf(validator, content, nanos);
        if (round > 0) best = Math.max(best, rate);
      }
      System.out.println(file.getFileName() + "\t" + best);
    }
  }

  private static double rateOf(FhirValidator validator, String content, long nanos) {
    long start = System.nanoTime();
    long calls = 0;
    while (System.nanoTime() - start < nanos) {
      validator.validateWithResult(content);
      calls += 1;
    }
    return calls * 1e9 / (System.nanoTime() - start);
  }
}
