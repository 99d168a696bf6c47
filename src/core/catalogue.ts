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
  'request-malformed': {
    category: 'structure',
    meaning: 'What was sent is no HTTP request that can be read, or its URL and headers are too long.',
    action: 'Send well-formed HTTP; put long searches into the body of a POST to _search.',
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
    action: 'Use criteria that one resource meets, such as an identifier.',
  },
  'condition-unsupported': {
    category: 'not-supported',
    meaning:
      'A conditional request or reference has no criteria, or one that a search of the type does not offer or that selects nothing.',
    action: 'Condition on parameters of the CapabilityStatement, each with a value.',
  },
  'method-unsupported': {
    category: 'not-supported',
    meaning: 'The HTTP method is not offered at that place, or not in a bundle entry.',
    action: 'See the CapabilityStatement at /fhir/R4/metadata.',
  },
  'url-invalid': {
    category: 'value',
    meaning: "A bundle entry's request.url does not fit its method.",
    action: 'POST to Type, PUT to Type/id or Type?criteria.',
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
  'resource-deleted': {
    category: 'not-found',
    meaning: 'The resource was deleted; its earlier versions can be read by their numbers.',
    action: 'Read its history, or store it again.',
  },
  'versions-not-kept': {
    category: 'not-found',
    meaning: 'The versions of that time are no longer all kept, so what was known then cannot be told.',
    action: 'Ask about a later instant; CARTOGRAPH_VERSION_RETENTION says how long versions are kept.',
  },
  'precondition-failed': {
    category: 'conflict',
    meaning: 'The resource is not in the version that the request takes it to be in.',
    action: 'Read it again, and repeat the request with its new version.',
  },
  'patch-invalid': {
    category: 'value',
    meaning: 'A JSON Patch is none, or cannot be applied to the resource.',
    action: 'Send an array of operations of RFC 6902 that fit the current version.',
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
  'format-unsupported': {
    category: 'not-supported',
    meaning: 'The answer was asked for in another format than FHIR JSON.',
    action: 'Ask for application/fhir+json by Accept or _format.',
  },
  'access-denied': {
    category: 'forbidden',
    meaning: 'The caller is known but may not do this.',
    action: 'Ask for a scope that covers it.',
  },
  'bind-refused': {
    category: 'forbidden',
    meaning: 'The service was told to listen on an address other than loopback, without authorization.',
    action: 'Listen on 127.0.0.1, or ::1, behind a gateway that authenticates.',
  },
  'hook-invalid': {
    category: 'structure',
    meaning: 'The body is no valid call of this CDS service, or its feedback is none.',
    action: 'Send what CDS Hooks 2.0 asks for the hook that discovery names.',
  },
  'client-unauthenticated': {
    category: 'forbidden',
    meaning: 'The caller has shown no valid token of a registered client.',
    action: 'Send a JWT signed with a registered key: iss, aud, exp, iat and jti, and each token once.',
  },
  'hook-data-unavailable': {
    category: 'not-found',
    meaning: 'A CDS service has not what it needs, neither by prefetch nor from the FHIR server of the call.',
    action: 'Send every prefetch key whole, or a FHIR server that the registration names with a valid token.',
  },
  'async-required': {
    category: 'not-supported',
    meaning: 'The operation runs in the background only, and the request does not ask for that.',
    action: 'Send the header Prefer: respond-async.',
  },
  'too-many-jobs': {
    category: 'busy',
    meaning: 'As many bulk jobs as the settings allow are waiting or running.',
    action: 'Repeat the request after the seconds of Retry-After, or end a job with DELETE.',
  },
  'job-not-found': {
    category: 'not-found',
    meaning: 'There is no such bulk job or file: it was cancelled, has expired, or is not for this caller.',
    action: 'Start a new job.',
  },
  'job-abandoned': {
    category: 'fault',
    meaning: 'The service died again and again while it worked on this job, which was given up.',
    action: 'Look into the log for why, and ask for less at a time.',
  },
  'import-source-refused': {
    category: 'forbidden',
    meaning: 'An import names a folder, file or host that the settings do not allow to read from.',
    action: 'Use one of CARTOGRAPH_IMPORT_FOLDERS or CARTOGRAPH_IMPORT_HOSTS, or have it added there.',
  },
  'import-source-unreadable': {
    category: 'not-found',
    meaning: 'A file that is to be imported cannot be read, or not to its end.',
    action: 'See the message; an import that is started again stores nothing twice.',
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
  'cell-type-mismatch': {
    category: 'data',
    meaning: 'A value of a table does not have the type of its column, in a format that has types.',
    action: 'Correct the value or the type that the view declares, or write NDJSON or CSV.',
  },
  'statistics-input-invalid': {
    category: 'value',
    meaning: 'A table for statistics has rows or columns that no method can use.',
    action: 'Correct the rows and columns that the messages name.',
  },
  'immortal-time-bias': {
    category: 'value',
    meaning:
      'Groups by something that happens after the clock has started were asked for: who lives longer has more time to get into the group.',
    action: 'Ask for a landmark or for the time-varying form, as the message says.',
  },
  'competing-risks-ignored': {
    category: 'value',
    meaning: 'Survival was asked for an endpoint with competing events; 1 minus it would be too large.',
    action: 'Ask for the cumulative incidence.',
  },
  'configuration-invalid': {
    category: 'value',
    meaning: 'A setting has an unacceptable value, or a name that is none.',
    action: 'Correct the setting that the message names.',
  },
  'file-unreadable': {
    category: 'not-found',
    meaning: 'An input file or folder is missing or cannot be read.',
    action: 'Check the path.',
  },
  'message-id-reused': {
    category: 'conflict',
    meaning: 'A message with the id of an earlier one brings something else.',
    action: 'Give every message an id of its own; only a message that is sent again keeps it.',
  },
  'backup-invalid': {
    category: 'structure',
    meaning: 'A backup lacks files, was changed, or is of a later version.',
    action: 'Take another backup, or the version of the software that made it.',
  },
  'database-not-empty': {
    category: 'conflict',
    meaning: 'A backup would take the place of what is stored.',
    action: 'Restore into an empty database, or say --replace.',
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
  'date-impossible': {
    category: 'data',
    meaning:
      'A fact is dated before the birth of the patient, or something was done or measured after the death.',
    action: 'Correct the date at the source.',
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
  'relapse-before-infusion': {
    category: 'data',
    meaning:
      'A relapse is dated before the first CAR-T infusion; it is part of the history, no event of a course.',
    action: 'Correct the date if the relapse came after the infusion.',
  },
  'diagnosis-repeated': {
    category: 'data',
    meaning:
      'An encounter repeats a diagnosis that was recorded before, without an onset; it is no new event.',
    action: 'Send an onset if it is one.',
  },
  'therapy-intent-assumed': {
    category: 'data',
    meaning: 'A therapy carries no intent; it was classed by the agent.',
    action: 'Send the native intent.',
  },
  'order-without-administration': {
    category: 'data',
    meaning:
      'A lymphodepleting drug was ordered and no administration of it was sent; the order stands in for it.',
    action: 'Send the MedicationAdministration.',
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
  'subject-ambiguous': {
    category: 'data',
    meaning:
      'A resource names its patient by an identifier that patients who are not one person share; it belongs to nobody.',
    action: 'Send a reference to the Patient resource, or correct the identifier.',
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
  'element-unknown': {
    category: 'structure',
    meaning: 'A property is not defined for the type.',
    action: 'Remove it, or correct its name; content of your own goes into an extension.',
  },
  'element-missing': {
    category: 'structure',
    meaning: 'An element, or a slice of it, is there less often than FHIR or the profile asks.',
    action: 'Add the element that the message names.',
  },
  'element-excess': {
    category: 'structure',
    meaning: 'An element, or a slice of it, is there more often than FHIR or the profile allows.',
    action: 'Remove what is too much.',
  },
  'type-not-allowed': {
    category: 'structure',
    meaning: 'A value or resource has a type that is not allowed there.',
    action: 'Use one of the types that the message names.',
  },
  'primitive-invalid': {
    category: 'value',
    meaning: 'A primitive does not have the form of its type.',
    action: 'Write it in the form that the message names.',
  },
  'fixed-mismatch': {
    category: 'value',
    meaning: 'A value differs from the one that the profile fixes.',
    action: 'Use the value that the profile fixes, and nothing beside it.',
  },
  'pattern-mismatch': {
    category: 'value',
    meaning: 'A value lacks what the pattern of the profile asks for.',
    action: 'Add what the pattern has.',
  },
  'value-out-of-limits': {
    category: 'value',
    meaning: 'A value is less, more or longer than FHIR or the profile allows.',
    action: 'Correct the value.',
  },
  'slice-unmatched': {
    category: 'structure',
    meaning: 'An item of a list fits no slice where the profile leaves room for none, or none at that place.',
    action: 'Remove the item, or make it fit a slice.',
  },
  'slice-order': {
    category: 'structure',
    meaning: 'The items of a list are not in the order of the slices.',
    action: 'Put them in the order of the profile.',
  },
  'extension-unknown': {
    category: 'structure',
    meaning: 'The definition of an extension is not loaded.',
    action: 'Load the guide that defines it, or correct its URL.',
  },
  'extension-context': {
    category: 'structure',
    meaning: 'An extension stands where its definition does not allow it.',
    action: 'Move it to an element that its definition names.',
  },
  'extension-misused': {
    category: 'structure',
    meaning:
      'An extension that changes meaning is not in modifierExtension, or another is; or its URL has a version.',
    action: 'Put it where its definition says.',
  },
  'code-not-in-value-set': {
    category: 'value',
    meaning: 'A code is not in the value set that it is bound to.',
    action: 'Use a code of the value set.',
  },
  'code-unknown': {
    category: 'value',
    meaning: 'A code is none of its code system, or its system is no code system.',
    action: 'Correct the code or its system.',
  },
  'display-wrong': {
    category: 'value',
    meaning: 'A display is none of the displays that the code system gives the code.',
    action: 'Use the display of the code system, or leave it out.',
  },
  'unit-invalid': {
    category: 'value',
    meaning: 'A unit in the UCUM system is none of UCUM.',
    action: 'Write a UCUM code; case matters.',
  },
  'value-set-undecidable': {
    category: 'data',
    meaning: 'Whether a code is in a value set cannot be said without a terminology server.',
    action: 'Check it with one where it matters.',
  },
  'reference-invalid': {
    category: 'value',
    meaning: 'A reference has none of the forms that FHIR allows.',
    action: 'Write Type/id, an absolute URL, a URN, or # and the id of a contained resource.',
  },
  'reference-target-invalid': {
    category: 'value',
    meaning: 'A reference leads to a resource of a type or profile that is not allowed there.',
    action: 'Refer to one of the types or profiles that the message names.',
  },
  'reference-not-found': {
    category: 'value',
    meaning: 'A reference leads to nothing in the resource, bundle or document that has to carry it.',
    action: 'Add what it names, or correct it.',
  },
  'bundle-invalid': {
    category: 'structure',
    meaning: 'A bundle breaks a rule of bundles: full URLs, links, or entries of its type.',
    action: 'Correct what the message names.',
  },
  'invariant-failed': {
    category: 'value',
    meaning: 'A constraint of FHIR or of a profile does not hold.',
    action: 'Correct the elements that the constraint speaks of.',
  },
  'invariant-undecidable': {
    category: 'data',
    meaning: 'A constraint cannot be evaluated on this resource.',
    action: 'Correct other errors of the resource first.',
  },
  'narrative-invalid': {
    category: 'structure',
    meaning: 'Narrative is not the XHTML that FHIR allows.',
    action: 'Use well-formed XHTML with the elements and attributes that FHIR lists.',
  },
  'text-unsafe': {
    category: 'value',
    meaning: 'A text holds HTML tags, which a page could run.',
    action: 'Send plain text; markup belongs into the narrative.',
  },
  'profile-unknown': {
    category: 'not-found',
    meaning: 'A profile that a resource claims, or that was asked for, is not loaded or cannot be read.',
    action: 'Load the guide that defines it, or correct its URL.',
  },
  'profile-not-satisfied': {
    category: 'value',
    meaning: 'A value satisfies none of the profiles that are allowed there.',
    action: 'Check it against the one that is meant.',
  },
  'answer-invalid': {
    category: 'value',
    meaning: 'An answer, or an item of a QuestionnaireResponse, is not what its Questionnaire asks for.',
    action:
      'Answer the questions of the questionnaire, in its order, with the types and options that it names.',
  },
  'definition-unknown': {
    category: 'not-found',
    meaning: 'What a resource has to be checked against is not loaded, so it is not checked.',
    action: 'Load it with the guide, or send it in the same bundle.',
  },
  'definition-invalid': {
    category: 'value',
    meaning: 'A definitional resource contradicts itself, its base, or what it refers to.',
    action: 'Correct the definition.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type Code = keyof typeof CATALOGUE;
