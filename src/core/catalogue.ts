/**
 * The one catalogue of stable codes: of rejected requests and of findings about data. `docs/errors.md` is
 * generated from it. A code never changes its meaning; a new meaning is a new code.
 */

/** What kind of trouble it is; `http/` and `fhir/` translate it to a status and an OperationOutcome issue type. */
export type Category =
  | 'structure' // the body is not what FHIR or JSON allows
  | 'value' // an element's value is not acceptable
  | 'not-found' // an id or reference leads nowhere
  | 'not-supported' // legal FHIR that this service does not do
  | 'conflict' // two things that exclude each other
  | 'too-large' // over a configured limit
  | 'forbidden' // the caller may not
  | 'busy' // try again later
  | 'fault' // our own defect
  | 'data'; // a finding about clinical data; never rejects a request

export interface CatalogueEntry {
  readonly category: Category;
  /** What it means, for the errors page. */
  readonly meaning: string;
  /** What the reader can do about it. */
  readonly action: string;
}

export const CATALOGUE = {
  'json-malformed': {
    category: 'structure',
    meaning: 'The body is not well-formed JSON.',
    action: 'Send UTF-8 JSON; the message names the position.',
  },
  'not-fhir': {
    category: 'structure',
    meaning: 'The body is JSON but not a FHIR resource: it is not an object or has no resourceType.',
    action: 'Send one FHIR R4 resource with a resourceType.',
  },
  'resource-type-unknown': {
    category: 'structure',
    meaning: 'The resourceType is not one of FHIR R4.',
    action: 'Use an R4 resource type; names are case-sensitive.',
  },
  'bundle-type-unsupported': {
    category: 'not-supported',
    meaning: 'The bundle has a type that cannot be posted here.',
    action: 'Post a bundle of type transaction or batch to the base.',
  },
  'element-invalid': {
    category: 'structure',
    meaning: 'An element is missing, or has the wrong JSON type or shape.',
    action: 'Correct the element that the expression names.',
  },
  'date-unparseable': {
    category: 'value',
    meaning: 'A date, dateTime or instant is not one that FHIR allows or that the calendar has.',
    action: 'Write YYYY, YYYY-MM, YYYY-MM-DD, or a full dateTime with a time zone.',
  },
  'reference-unresolved': {
    category: 'not-found',
    meaning: 'A reference inside a transaction, by urn:uuid or by condition, leads to no resource.',
    action: 'Add the entry it names to the bundle, or correct the reference.',
  },
  'reference-ambiguous': {
    category: 'conflict',
    meaning: 'A conditional reference or conditional request matches more than one resource.',
    action: 'Use an identifier that one resource carries.',
  },
  'condition-unsupported': {
    category: 'not-supported',
    meaning: 'A conditional request uses criteria other than identifier=system|value.',
    action: 'Condition on identifier with system and value.',
  },
  'method-unsupported': {
    category: 'not-supported',
    meaning: 'The HTTP method is not offered at that place, or not in a bundle entry.',
    action: 'See the CapabilityStatement at /fhir/R4/metadata.',
  },
  'url-invalid': {
    category: 'value',
    meaning: "A bundle entry's request.url does not fit its method.",
    action: 'POST to Type, PUT to Type/id or Type?identifier=system|value.',
  },
  'id-invalid': {
    category: 'value',
    meaning: 'A resource id breaks the rule of FHIR: 1 to 64 of A-Z, a-z, 0-9, hyphen and dot.',
    action: 'Correct the id.',
  },
  'id-mismatch': {
    category: 'value',
    meaning: 'The id or type in the body differs from the one in the URL.',
    action: 'Make them equal.',
  },
  'duplicate-target': {
    category: 'conflict',
    meaning: 'Two entries of one transaction name the same resource.',
    action: 'Send one entry for each resource.',
  },
  'site-conflict': {
    category: 'conflict',
    meaning: 'The resource of that id belongs to another site.',
    action: 'Use ids of your own, or the site that owns it.',
  },
  'resource-not-found': {
    category: 'not-found',
    meaning: 'No resource of that type and id is stored.',
    action: 'Check type and id.',
  },
  'route-not-found': {
    category: 'not-found',
    meaning: 'No such place on this server.',
    action: 'See the CapabilityStatement at /fhir/R4/metadata.',
  },
  'parameter-invalid': {
    category: 'value',
    meaning: 'A parameter of an operation or of a call is unknown or has an unacceptable value.',
    action: "See the operation's definition; the message names what was expected.",
  },
  'body-too-large': {
    category: 'too-large',
    meaning: 'The body is larger than the configured limit.',
    action: 'Send smaller bundles or raise CARTOGRAPH_MAX_BODY.',
  },
  'media-type-unsupported': {
    category: 'not-supported',
    meaning: 'The content type is neither application/fhir+json nor application/json.',
    action: 'Send FHIR as JSON.',
  },
  'bind-refused': {
    category: 'forbidden',
    meaning: 'The service was told to listen on an address other than loopback, without authorization.',
    action: 'Listen on 127.0.0.1, or ::1, behind a gateway that authenticates.',
  },
  'service-busy': {
    category: 'busy',
    meaning: 'The database cannot be reached or the service is stopping.',
    action: 'Repeat the request later; nothing of it was stored.',
  },
  'internal-fault': {
    category: 'fault',
    meaning: 'A defect of this service.',
    action: 'Report it with the correlation id.',
  },
  'mapping-invalid': {
    category: 'structure',
    meaning: 'A mapping file breaks its schema, names something that does not exist, or contradicts another.',
    action: 'Correct the file and path that the message names.',
  },
  'expression-failed': {
    category: 'data',
    meaning:
      'A FHIRPath expression cannot be applied to a resource, as when one value is expected and several are there.',
    action: 'Correct the resource, or let the expression choose one value.',
  },
  'statistics-input-invalid': {
    category: 'value',
    meaning: 'A table for statistics has rows or columns that no method can use.',
    action: 'Correct the rows and columns that the messages name.',
  },
  'configuration-invalid': {
    category: 'value',
    meaning: 'A setting has an unacceptable value.',
    action: 'Correct the setting that the message names.',
  },
  'file-unreadable': {
    category: 'not-found',
    meaning: 'An input file or folder is missing or cannot be read.',
    action: 'Check the path.',
  },
  'code-unmapped': {
    category: 'data',
    meaning: 'A code or text that could carry a fact of the CAR-T course has no map.',
    action: "Add it to the site's concept maps.",
  },
  'matched-by-text': {
    category: 'data',
    meaning: 'A concept was recognised by its text alone, not by a code.',
    action: 'Confirm the fact; send a code if there is one.',
  },
  'unit-unknown': {
    category: 'data',
    meaning: 'A quantity has a unit that does not convert to the canonical one; the value is not used.',
    action: 'Send a UCUM code.',
  },
  'unit-by-text': {
    category: 'data',
    meaning: 'A quantity has no UCUM code; its unit was recognised by the unit text.',
    action: 'Send a UCUM code.',
  },
  'value-unreadable': {
    category: 'data',
    meaning: 'A resource that should carry a fact has no value that can be read.',
    action: 'Correct the element that the expression names.',
  },
  'value-out-of-range': {
    category: 'data',
    meaning: 'A value lies outside what is possible; it is not used.',
    action: 'Correct the value at the source.',
  },
  'date-missing': {
    category: 'data',
    meaning: 'A resource that should carry a fact has no clinical date; the fact is not used.',
    action: 'Send effective, performed or onset.',
  },
  'date-imprecise': {
    category: 'data',
    meaning: 'A date is known to the month or year only.',
    action: 'Send the full date if it is known.',
  },
  'date-recorded-only': {
    category: 'data',
    meaning: 'The clinical date is missing; the date of recording stands in for it.',
    action: 'Send onset if it is known.',
  },
  'date-in-future': {
    category: 'data',
    meaning: 'A resource is dated after it was received; its date does not count as contact.',
    action: 'Correct the date at the source.',
  },
  'date-in-utc': {
    category: 'data',
    meaning: 'Instants arrive in UTC and the site names no time zone; calendar dates are taken as written.',
    action: "Set timeZone in the site's overlay.",
  },
  'death-undated': {
    category: 'data',
    meaning: 'The patient is dead at an unknown date; endpoints that need it are indeterminate.',
    action: 'Send deceasedDateTime.',
  },
  'values-conflict': {
    category: 'data',
    meaning: 'Two sources contradict each other; the message says which is used.',
    action: 'Correct one of them at the source.',
  },
  'status-preliminary': {
    category: 'data',
    meaning: 'A preliminary result is used.',
    action: 'Send the final result when it is there.',
  },
  'status-unconfirmed': {
    category: 'data',
    meaning: 'A condition is unconfirmed, provisional or differential; it does not count as present.',
    action: 'Confirm or refute it at the source.',
  },
  'assertion-contradicted': {
    category: 'data',
    meaning: 'An explicit "never" contradicts a recorded fact.',
    action: 'Correct the assertion or the fact.',
  },
  'infusion-without-product': {
    category: 'data',
    meaning: 'A CAR-T infusion names no product.',
    action: 'Send the product, or a code that names it.',
  },
  'therapy-intent-assumed': {
    category: 'data',
    meaning: 'A therapy carries no intent; it was classed by the agent.',
    action: 'Send the native intent.',
  },
  'reference-dangling': {
    category: 'data',
    meaning: 'A reference names a resource that is not here; it may come later.',
    action: 'Send the resource it names.',
  },
  'patient-unknown': {
    category: 'data',
    meaning: 'A resource names a patient that is not here, or none.',
    action: 'Send the Patient resource.',
  },
  'identity-conflict': {
    category: 'data',
    meaning: 'Two patients share an identifier but have different full birth dates; they were not joined.',
    action: 'Correct the identifier or the birth date.',
  },
  'code-inexact': {
    category: 'data',
    meaning: 'A code says less than what it is taken for, such as LOINC 8117-4, "of which cells" unsaid.',
    action: "Confirm the meaning in the site's concept map.",
  },
} as const satisfies Record<string, CatalogueEntry>;

export type Code = keyof typeof CATALOGUE;
