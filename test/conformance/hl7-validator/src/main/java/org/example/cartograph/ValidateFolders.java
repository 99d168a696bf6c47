package org.example.cartograph;

import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Arguments: the folder of the guide's definitions, then folders with what is to be validated. Prints for each file a
 * line of path, number of errors, and text of the first, divided by tabs; last the count of files.
 */
public final class ValidateFolders {

  private ValidateFolders() {}

  public static void main(String[] arguments) throws IOException {
    FhirValidator validator = GuideValidator.withGuide(Path.of(arguments[0]));
    int count = 0;
    for (String folder : List.of(arguments).subList(1, arguments.length)) {
      for (Path file : GuideValidator.jsonFiles(Path.of(folder))) {
        List<SingleValidationMessage> errors = errorsOf(validator, Files.readString(file));
        String first = errors.isEmpty() ? "" : describe(errors.get(0));
        System.out.println(file + "\t" + errors.size() + "\t" + first);
        count += 1;
      }
    }
    System.out.println(count + " files");
  }

  private static List<SingleValidationMessage> errorsOf(FhirValidator validator, String content) {
    return validator.validateWithResult(content).getMessages().stream()
        .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
        .toList();
  }

  private static String describe(SingleValidationMessage message) {
    return (message.getLocationString() + ": " + message.getMessage()).replaceAll("\\s+", " ");
  }
}
