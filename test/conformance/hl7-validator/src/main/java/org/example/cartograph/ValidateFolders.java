package org.example.cartograph;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Arguments: the folder of the guide's definitions, then folders with what is to be validated. Prints for each file a
 * line of path, number of errors, and text of the first, divided by tabs; last the count of files.
 */
public final class ValidateFolders {

  private static final List<String> DEFINITIONS =
      List.of("StructureDefinition-", "ValueSet-", "CodeSystem-");

  private ValidateFolders() {}

  public static void main(String[] arguments) throws IOException {
    FhirContext context = FhirContext.forR4();
    FhirValidator validator = validatorWith(context, Path.of(arguments[0]));
    int count = 0;
    for (String folder : List.of(arguments).subList(1, arguments.length)) {
      for (Path file : jsonFiles(Path.of(folder))) {
        List<SingleValidationMessage> errors = errorsOf(validator, Files.readString(file));
        String first = errors.isEmpty() ? "" : describe(errors.get(0));
        System.out.println(file + "\t" + errors.size() + "\t" + first);
        count += 1;
      }
    }
    System.out.println(count + " files");
  }

  private static FhirValidator validatorWith(FhirContext context, Path definitions) throws IOException {
    PrePopulatedValidationSupport guide = new PrePopulatedValidationSupport(context);
    for (Path file : jsonFiles(definitions)) {
      if (DEFINITIONS.stream().noneMatch(file.getFileName().toString()::startsWith)) continue;
      IBaseResource definition = context.newJsonParser().parseResource(Files.readString(file));
      guide.addResource(definition);
    }
    // Systems that only a terminology server knows are no errors, as with us.
    UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(context);
    unknown.setNonExistentCodeSystemSeverity(IssueSeverity.WARNING);
    ValidationSupportChain chain =
        new ValidationSupportChain(
            new DefaultProfileValidationSupport(context),
            guide,
            new InMemoryTerminologyServerValidationSupport(context),
            new CommonCodeSystemsTerminologyService(context),
            new SnapshotGeneratingValidationSupport(context),
            unknown);
    FhirValidator validator = context.newValidator();
    validator.registerValidatorModule(new FhirInstanceValidator(chain));
    return validator;
  }

  private static List<SingleValidationMessage> errorsOf(FhirValidator validator, String content) {
    return validator.validateWithResult(content).getMessages().stream()
        .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
        .toList();
  }

  private static String describe(SingleValidationMessage message) {
    return (message.getLocationString() + ": " + message.getMessage()).replaceAll("\\s+", " ");
  }

  private static List<Path> jsonFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[A-Za-z].*\\.json"))
          .sorted()
          .toList();
    }
  }
}
