/** Every file that is generated and committed, with what makes it. */
import { exampleFiles } from './build-example.ts';
import { COHORT_TYPES_FILE, cohortTypes } from './cohort-types.ts';
import { CONFIGURATION_PAGE_FILE, configurationPage } from './configuration-page.ts';
import { ENDPOINTS_PAGE_FILE, endpointsPage } from './endpoints-page.ts';
import { ERRORS_PAGE_FILE, errorsPage } from './errors-page.ts';
import { GUIDE_INDEX_FILE, guideIndex } from './ig-index.ts';
import { MAPPING_COVERAGE_FILE, mappingCoverage } from './mapping-coverage.ts';
import { OPENAPI_FILE, openApiDocument } from './openapi-document.ts';
import { PARAMETERS_PAGE_FILE, parametersPage } from './parameters-page.ts';
import { PATIENT_COMPARTMENT_FILE, patientCompartment } from './patient-compartment.ts';
import { R4_ELEMENTS_FILE, r4Elements } from './r4-elements.ts';
import { SEARCH_PARAMETERS_FILE, searchParameters } from './search-parameters.ts';
import { SUMMARY_ELEMENTS_FILE, summaryElements } from './summary-elements.ts';

export interface GeneratedFile {
  /** Path from the repository's root. */
  readonly file: string;
  readonly content: string;
}

export async function* generatedFiles(): AsyncGenerator<GeneratedFile, void, undefined> {
  yield { file: COHORT_TYPES_FILE, content: await cohortTypes() };
  yield { file: R4_ELEMENTS_FILE, content: await r4Elements() };
  yield { file: SEARCH_PARAMETERS_FILE, content: await searchParameters() };
  yield { file: PATIENT_COMPARTMENT_FILE, content: await patientCompartment() };
  yield { file: SUMMARY_ELEMENTS_FILE, content: await summaryElements() };
  yield { file: CONFIGURATION_PAGE_FILE, content: configurationPage() };
  yield { file: OPENAPI_FILE, content: await openApiDocument() };
  yield { file: ERRORS_PAGE_FILE, content: await errorsPage() };
  yield { file: ENDPOINTS_PAGE_FILE, content: endpointsPage() };
  yield { file: MAPPING_COVERAGE_FILE, content: await mappingCoverage() };
  yield { file: GUIDE_INDEX_FILE, content: await guideIndex() };
  yield { file: PARAMETERS_PAGE_FILE, content: await parametersPage() };
  for (const [file, content] of await exampleFiles()) yield { file, content };
}
